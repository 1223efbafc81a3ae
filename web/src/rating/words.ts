/** What the citizens' page says. Not the app's texts: those, and what draws them, are a hundred times this page. */

export const LANGUAGES = ["id", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const id = {
  page: "Nilai pelayanan",
  languages: "Bahasa",
  checking: "Memeriksa kode…",
  enterTitle: "Masukkan kode penilaian",
  enterWhy: "Kode ada pada kertas atau layar dari petugas: 12 huruf dan angka.",
  code: "Kode",
  go: "Lanjutkan",
  codeShort: "Kode terdiri atas 12 huruf dan angka. Periksa lagi.",
  unknown: "Kode ini tidak dikenal. Periksa huruf dan angkanya, lalu coba lagi.",
  question: "Bagaimana pelayanan yang Anda terima?",
  stars: ["Sangat buruk", "Buruk", "Cukup", "Baik", "Sangat baik"],
  reasons: "Apa alasannya?",
  reasonsHint: "Paling banyak lima, boleh tidak dipilih.",
  text: "Ada yang ingin Anda sampaikan?",
  textHint: "Boleh dikosongkan.",
  textFate: "Tulisan Anda sampai ke unit beberapa hari kemudian, diacak, tanpa nama.",
  textNames: "Jangan tulis nama, nomor telepon, atau nomor berkas.",
  count: (used: number, most: number) => `${used} dari ${most} huruf`,
  send: "Kirim",
  sending: "Mengirim…",
  sendAgain: "Kirim lagi",
  kept: "Yang disimpan hanya nilai, alasan, dan tulisan Anda. Tidak ada yang menunjukkan siapa Anda.",
  thanksTitle: "Terima kasih",
  thanks: (service: string) => `Penilaian Anda untuk ${service} sudah kami terima.`,
  thanksEnd: "Anda dapat menutup halaman ini.",
  expiredTitle: "Kode ini sudah kedaluwarsa",
  expired: "Masa berlakunya sudah lewat. Bila Anda masih di tempat pelayanan, mintalah kode baru kepada petugas.",
  usedTitle: "Kode ini sudah dipakai",
  used: "Setiap kode hanya untuk satu penilaian. Bila bukan Anda yang memakainya, mintalah kode baru kepada petugas.",
  usedByYou: "Kiriman Anda tadi terputus sebelum kami sempat menjawab. Kemungkinan besar sudah kami terima.",
  other: "Masukkan kode lain",
  offlineTitle: "Tidak ada sambungan",
  offline: "Ponsel ini tidak dapat menjangkau kami. Periksa jaringan, lalu coba lagi.",
  offlineSend: "Belum terkirim: tidak ada sambungan. Isian Anda tetap di sini. Periksa jaringan, lalu kirim lagi.",
  busyTitle: "Layanan sedang sibuk",
  busy: "Kesalahan ada pada kami, bukan pada kode Anda. Coba lagi sebentar lagi.",
  busySend: "Belum terkirim: kesalahan ada pada kami. Isian Anda tetap di sini. Coba kirim lagi sebentar lagi.",
  manyTitle: "Terlalu banyak percobaan",
  many: (minutes: number, clock: string) =>
    minutes <= 1
      ? `Terlalu banyak percobaan dari jaringan ini. Coba lagi dalam satu menit (pukul ${clock}).`
      : `Terlalu banyak percobaan dari jaringan ini. Coba lagi dalam ${minutes} menit (pukul ${clock}).`,
  large: "Tulisan Anda terlalu panjang. Pendekkan, lalu kirim lagi.",
  invalid: "Isian ini tidak dapat kami terima. Periksa tulisan Anda, lalu kirim lagi.",
  again: "Coba lagi",
};

const en: typeof id = {
  page: "Rate the service",
  languages: "Language",
  checking: "Checking the code…",
  enterTitle: "Enter your rating code",
  enterWhy: "The code is on the paper or screen you were given: 12 letters and digits.",
  code: "Code",
  go: "Continue",
  codeShort: "A code has 12 letters and digits. Please check it.",
  unknown: "This code is not known. Check its letters and digits, then try again.",
  question: "How was the service you received?",
  stars: ["Very bad", "Bad", "Fair", "Good", "Very good"],
  reasons: "What were the reasons?",
  reasonsHint: "At most five, or none.",
  text: "Is there anything you want to say?",
  textHint: "Optional.",
  textFate: "What you write reaches the unit some days later, shuffled, without a name.",
  textNames: "Please do not write names, phone numbers or file numbers.",
  count: (used, most) => `${used} of ${most} characters`,
  send: "Send",
  sending: "Sending…",
  sendAgain: "Send again",
  kept: "We keep only your rating, your reasons and what you write. Nothing shows who you are.",
  thanksTitle: "Thank you",
  thanks: (service) => `We have received your rating of ${service}.`,
  thanksEnd: "You can close this page.",
  expiredTitle: "This code has expired",
  expired: "Its time is over. If you are still at the counter, ask for a new code.",
  usedTitle: "This code has been used",
  used: "Each code is for one rating. If it was not you who used it, ask for a new code at the counter.",
  usedByYou: "What you sent before was cut off before we could answer. Most likely we have received it.",
  other: "Enter another code",
  offlineTitle: "No connection",
  offline: "This phone cannot reach us. Check the network, then try again.",
  offlineSend:
    "Not sent yet: there is no connection. What you filled in stays here. Check the network, then send again.",
  busyTitle: "The service is busy",
  busy: "The fault is ours, not your code's. Try again in a moment.",
  busySend: "Not sent yet: the fault is ours. What you filled in stays here. Send again in a moment.",
  manyTitle: "Too many tries",
  many: (minutes, clock) =>
    minutes <= 1
      ? `Too many tries from this network. Try again in a minute (${clock}).`
      : `Too many tries from this network. Try again in ${minutes} minutes (${clock}).`,
  large: "What you wrote is too long. Shorten it, then send again.",
  invalid: "We cannot accept this. Check what you wrote, then send again.",
  again: "Try again",
};

export type Words = typeof id;
export const WORDS: Record<Language, Words> = { id, en };

/** The first of the reader's languages that the page has; Indonesian where it has none. */
export function languageOf(wanted: readonly string[]): Language {
  for (const one of wanted) {
    const found = LANGUAGES.find((language) => one.toLowerCase().split("-")[0] === language);
    if (found !== undefined) return found;
  }
  return "id";
}
