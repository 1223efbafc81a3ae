// A deterministic made-up city for developing the screens without a running system: 60 units, 5,000 people, 212
// terminals, three time zones, names as long as real ones. Never part of a build.

/** Mulberry32: the same city every time. */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const TREE = {
  "Sekretariat Daerah": [
    "Bagian Umum",
    "Bagian Hukum",
    "Bagian Organisasi",
    "Bagian Kesejahteraan Rakyat",
    "Bagian Pengadaan Barang dan Jasa",
    "Bagian Protokol dan Komunikasi Pimpinan",
  ],
  "Sekretariat DPRD": [],
  "Inspektorat Daerah": [],
  "Dinas Pendidikan": [
    "Sekretariat Dinas Pendidikan",
    "Bidang Pembinaan Sekolah Dasar",
    "Bidang Pembinaan Sekolah Menengah Pertama",
    "Bidang Guru dan Tenaga Kependidikan",
  ],
  "Dinas Kesehatan": [
    "Subbagian Perencanaan, Evaluasi, dan Pelaporan",
    "Bidang Pencegahan dan Pengendalian Penyakit",
    "Puskesmas Galala",
    "Puskesmas Tanjung Harapan",
    "Puskesmas Oba Tengah",
  ],
  "Dinas Pekerjaan Umum dan Penataan Ruang": ["Bidang Bina Marga", "Bidang Sumber Daya Air", "UPTD Laboratorium"],
  "Dinas Perumahan Rakyat dan Kawasan Permukiman": [],
  "Dinas Sosial": [],
  "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana": [],
  "Dinas Kependudukan dan Pencatatan Sipil": ["Bidang Pelayanan Pendaftaran Penduduk"],
  "Dinas Perhubungan": ["UPTD Terminal", "UPTD Pengujian Kendaraan Bermotor"],
  "Dinas Komunikasi dan Informatika": [],
  "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu": [],
  "Dinas Lingkungan Hidup": ["UPTD Pengelolaan Sampah"],
  "Dinas Ketahanan Pangan dan Pertanian": [],
  "Satuan Polisi Pamong Praja": ["Pos Utara", "Pos Selatan"],
  "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia": [],
  "Badan Perencanaan Pembangunan Daerah": [],
  "Badan Keuangan dan Aset Daerah": [],
  "Badan Penanggulangan Bencana Daerah": [],
  "Kecamatan Tidore Utara": ["Kelurahan Afa-Afa", "Kelurahan Rum", "Kelurahan Bobo"],
  "Kecamatan Oba": ["Kelurahan Payahe", "Kelurahan Kususinopa"],
  "Kecamatan Sofifi": ["Kelurahan Sofifi", "Kelurahan Guraping"],
  "Rumah Sakit Umum Daerah": ["Instalasi Gawat Darurat", "Instalasi Rawat Inap", "Instalasi Farmasi"],
  "Kantor Penghubung Jakarta": [],
};

const GIVEN =
  "Ratna Budi Siti Agus Dewi Andi Nur Yusuf Maria Hendra Fitri Abdul Rina Joko Wati Rahmat Lestari Iwan Marlina Taufik Sri Bambang Indah Rudi Ayu Hasan Yuliana Eko Nurhayati Ferdinand Kartika Ismail Novita Gunawan Rosmala Zainal Putri Markus Halimah Surya".split(
    " ",
  );
const FAMILY =
  "Santoso Wulandari Hidayat Lestari Siregar Nasution Pattiasina Latuconsina Tahir Umasangadji Wijaya Kusuma Permata Saputra Rahayu Manuputty Abdullah Ibrahim Setiawan Puspitasari Halim Marasabessy Sangadji Purnomo Anggraini Simanjuntak Lumban-Gaol Djafar Maulana Kaimudin".split(
    " ",
  );
const POSTS = [
  "Analis Kebijakan Ahli Muda",
  "Pengadministrasi Umum",
  "Kepala Subbagian Perencanaan, Evaluasi, dan Pelaporan",
  "Pranata Komputer Ahli Pertama",
  "Guru Ahli Madya",
  "Perawat Terampil",
  "Pengelola Keuangan",
  "Arsiparis Mahir",
  "Penyuluh Pertanian Ahli Pertama",
  "Bidan Penyelia",
];
const ZONES = ["Asia/Jayapura", "Asia/Jayapura", "Asia/Jayapura", "Asia/Makassar", "Asia/Jakarta"];

export const OFFSET = { "Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9 };

export function makeCity(people = 5000, terminals = 212) {
  const random = generator(20260803);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const root = { id: "kota", name: "Pemerintah Kota Nusa Raya", short_name: "Kota", parent: null };
  const units = [root];
  for (const [name, below] of Object.entries(TREE)) {
    const id = `u${String(units.length).padStart(2, "0")}`;
    units.push({ id, name, short_name: short(name), parent: root.id });
    for (const child of below) {
      units.push({
        id: `u${String(units.length).padStart(2, "0")}`,
        name: child,
        short_name: short(child),
        parent: id,
      });
    }
  }
  const sites = units.map((unit, i) => ({
    id: `s${i}`,
    name: unit === root ? "Balai Kota" : `Kantor ${unit.short_name}`,
    zone: unit.name.includes("Jakarta") ? "Asia/Jakarta" : pick(ZONES),
  }));
  const staffed = units.slice(1);
  const weight = staffed.map(() => 0.3 + random() ** 2 * 3);
  const whole = weight.reduce((a, b) => a + b, 0);
  const employees = [];
  staffed.forEach((unit, i) => {
    const size = i === staffed.length - 1 ? people - employees.length : Math.round((people * weight[i]) / whole);
    const late = random() * 26;
    const absent = 0.03 + random() * 0.14;
    for (let n = 0; n < size; n++) {
      const site = sites[i + 1];
      const spread = random() + random() + random() - 1.5;
      employees.push({
        employee_id: `e${String(employees.length).padStart(5, "0")}`,
        name: random() < 0.3 ? `${pick(GIVEN)} ${pick(GIVEN)} ${pick(FAMILY)}` : `${pick(GIVEN)} ${pick(FAMILY)}`,
        post_title: pick(POSTS),
        unit,
        site,
        // Minutes after local midnight of the first punch; null: does not come.
        arrives: random() < absent ? null : 7 * 60 + 4 + late + spread * 34,
      });
    }
  });
  return { root, units, sites, employees, terminals: makeTerminals(random, sites, terminals) };
}

function short(name) {
  const known = /^(Dinas|Badan|Bagian|Bidang|Kecamatan|Kelurahan|Sekretariat|Subbagian)/.exec(name)?.[0] ?? "";
  const letters = name
    .split(/[\s,]+/)
    .filter((word) => /^[A-Z]/.test(word))
    .map((word) => word[0])
    .join("");
  return name.length > 30 ? `${known} ${letters}`.trim() : name;
}

function makeTerminals(random, sites, count) {
  return Array.from({ length: count }, (_, i) => {
    const site = sites[i % sites.length];
    const state =
      i === 17 || i === 96 || i === 150 ? "silent" : i > count - 3 ? "pending" : i === 41 ? "never_seen" : "live";
    const stored = state === "never_seen" || state === "pending" ? 0 : 4000 + Math.floor(random() * 30000);
    return {
      device_id: `d${i}`,
      serial: `DEMO${String(i).padStart(9, "0")}`,
      name: state === "pending" ? "" : `${site.name}, pintu ${1 + Math.floor(i / sites.length)}`,
      status: state === "pending" ? "pending" : "active",
      site: state === "pending" ? null : site,
      state,
      drift_seconds: state === "live" ? (i === 60 ? 412 : Math.floor(random() * 5) - 2) : null,
      held: state === "live" ? stored + (i === 88 ? 37 : 0) : state === "silent" ? stored : null,
      stored,
      quarantined: i === 120 ? 4 : state === "pending" ? 12 : 0,
      kind: i === 60 ? "clock_drift" : i === 88 ? "gap" : state === "silent" ? "silent" : null,
    };
  });
}
