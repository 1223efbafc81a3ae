"""Names as they are met in an Indonesian office, made up from lists of our own; no real person is meant."""

from dataclasses import dataclass

from services.directory.demo.chance import pick, roll, weighted
from services.directory.employees.numbers import Sex


@dataclass(frozen=True, slots=True)
class Tradition:
    """How one people forms names: a given name, then maybe a second one or a family name."""

    male: tuple[str, ...]
    female: tuple[str, ...]
    last: tuple[str, ...]
    last_female: tuple[str, ...] = ()
    prefix_male: tuple[str, ...] = ("",)
    prefix_female: tuple[str, ...] = ("",)
    alone: int = 0  # of 100 people, how many bear a single name


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


JAWA = Tradition(
    _words("Agus Budi Bambang Eko Joko Slamet Sugeng Wahyu Hadi Teguh Tri Dwi Heru Suryo Yudi Sigit"),
    _words("Sri Endang Ratna Wahyuni Siti Dewi Retno Tri Dwi Nur Lestari Rini Yuni Indah Sulastri Puji"),
    _words("Santoso Prasetyo Wibowo Nugroho Susilo Utomo Purnomo Setiawan Hartono Raharjo Widodo Mulyono Saputro"),
    _words("Wulandari Handayani Rahayu Kusumawati Astuti Purwaningsih Lestari Susanti Widyastuti Setyowati Utami"),
    alone=6,
)
SUNDA = Tradition(
    _words("Asep Dadang Ujang Cecep Dede Iwan Yayan Deden Encep Rahmat Tatang Aep Jajang Endang Gilang"),
    _words("Euis Neneng Imas Ai Yati Lilis Entin Rina Teti Nani Iis Wina Tuti Yuyun"),
    _words("Suherman Hidayat Kurnia Permana Supriatna Gunawan Mulyana Sutisna Ramdani Nugraha Wiguna Firmansyah"),
    _words("Nurhayati Kurniasih Rohaeti Komalasari Suryani Sumiati Nuraeni Mulyani Maryani Herlina"),
)
BATAK = Tradition(
    _words("Jonas Parlindungan Tigor Marihot Hotman Binsar Sahat Maruli Poltak Ronald Togar Edward Jhonson Rudolf"),
    _words("Rotua Tiur Masnida Lamria Dormauli Roslina Herlina Ruth Debora Rosmawati Marlina Tiarma"),
    _words(
        "Simanjuntak Sitompul Hutapea Siregar Nasution Harahap Sinaga Manurung Panjaitan Lubis Situmorang Tampubolon "
        "Ginting Sembiring Tarigan Purba Silalahi Pasaribu Hutagalung Nainggolan"
    ),
)
MINANG = Tradition(
    _words("Afrizal Zulfikar Hendri Yusrizal Syafrizal Irwan Nasrul Rinaldi Khairul Fauzan Yulizal Ridwan"),
    _words("Yulia Nurhayati Desi Rahmi Yusnidar Elvira Fitriani Suryati Welmi Novrita Mardiah Yenni"),
    _words("Tanjung Piliang Chaniago Koto Sikumbang Caniago Jambak Melayu Guci Bodi Panyalai Dalimunthe"),
    alone=25,
)
MELAYU = Tradition(
    _words("Azman Zulkifli Syahrul Ridwan Rusli Hamdan Khairuddin Said Mahmud Tarmizi Jamaluddin Raja"),
    _words("Zubaidah Salmah Rohani Aisyah Khadijah Maimunah Halimah Nuraini Zaleha Rosmini"),
    _words("Hasyim Daud Yahya Ibrahim Ismail Saleh Usman Rasyid Umar Harun Syukur Idris"),
)
BUGIS = Tradition(
    _words("Baso Amir Syamsuddin Muliadi Arifin Hamzah Ilham Ambo Rustam Nasir Takdir Jufri Saharuddin"),
    _words("Tenri Hasnah Rosdiana Marwah Nurlela Fatmawati Suriani Kasmawati Darmawati Rahmatia Irma Besse"),
    _words("Mappanganro Pallawa Pangerang Mattalatta Parenrengi Makkasau Patunru Tahir Sulaiman Manggaukang"),
    prefix_male=("", "", "Andi ", "Muhammad "),
    prefix_female=("", "", "Andi "),
)
BALI = Tradition(
    _words("Suarta Sudana Wirawan Artawan Suardana Sukerta Mahendra Widiana Astawa Budiasa Parwata"),
    _words("Ariani Suartini Widiastuti Suryani Astiti Sukmawati Parwati Sriasih Dewiyanti Puspayanti"),
    (),
    prefix_male=("I Made ", "I Wayan ", "I Ketut ", "I Nyoman ", "I Gede ", "Ida Bagus "),
    prefix_female=("Ni Made ", "Ni Wayan ", "Ni Ketut ", "Ni Nyoman ", "Ni Luh ", "Ida Ayu "),
    alone=100,
)
MALUKU = Tradition(
    _words("Yohanis Frans Jacob Semuel Benny Marthinus Abdullah Johny Elias Rein Thomas Husein"),
    _words("Yohana Maria Martha Elisabeth Welmince Fransina Rachel Josina Halima Selvia"),
    _words("Latuconsina Pattiasina Tuasikal Lawalata Manuputty Sahetapy Tomasoa Wattimena Leatemia Pelupessy"),
)
PAPUA = Tradition(
    _words("Yulianus Markus Petrus Yance Melianus Agustinus Obaja Yunus Daniel Lukas Simson Otniel"),
    _words("Yosina Dorkas Orpa Mince Adolfina Novela Ribka Kristina Yuliana Naomi"),
    _words("Rumbiak Wanggai Kogoya Wenda Ayorbaba Mandacan Yoku Ohee Kambu Rumaropen Tabuni Wambrauw Awom Mambrasar"),
)
NUSA_TENGGARA = Tradition(
    _words("Yoseph Dominikus Kornelis Gregorius Stefanus Wilhelmus Fransiskus Robertus Blasius Servasius"),
    _words("Maria Theresia Yuliana Kristina Margaretha Wilhelmina Emerensiana Agnes Bernadeta"),
    _words("Nainiti Bere Seran Tefa Djawa Lamak Nahak Benu Manek Fernandez Kleden Riwu Tallo"),
)
MINAHASA = Tradition(
    _words("Jemmy Ferdinand Meidy Stenly Hanny Royke Denny Novie Deddy Ventje"),
    _words("Meike Jeane Deitje Femmy Olga Syane Vonny Grace Telly Novita"),
    _words("Lumentut Mandagi Rondonuwu Wenas Pangemanan Kalalo Sondakh Rumengan Tumbelaka Walangitan Supit"),
)
KALIMANTAN = Tradition(
    _words("Syahrani Akhmad Rusdi Gusti Fahrurrazi Hairil Yansen Lukas Dius Awang Masdar Sahrul"),
    _words("Noorhayati Rabiatul Mahrita Norlaila Fitriyah Agustina Yeni Helena Siska Masliana"),
    _words("Noor Hidayatullah Anshari Rahman Lampung Usop Ngabe Bungai Tundan Luthan Riduan Effendi"),
)
ACEH = Tradition(
    _words("Iskandar Muzakir Fauzi Razali Munawar Ridha Saifuddin Bakhtiar Syahputra Mukhlis"),
    _words("Nurlaila Mutia Safrina Rahmawati Yusra Cutriani Marlina Nuraida Zahara"),
    _words("Abdullah Hasan Ibrahim Yusuf Daud Ishak Hanafiah Ali Puteh Johan"),
    prefix_male=("", "", "Teuku ", "Muhammad "),
    prefix_female=("", "", "Cut "),
)
TIONGHOA = Tradition(
    _words("Hendra Stefan Andreas Kevin Rudy Felix Halim Yohan Willy Tommy"),
    _words("Lina Meliana Jessica Shierly Yulianti Merry Silvia Caroline Fenny"),
    _words("Wijaya Tanuwijaya Kusuma Halim Gunawan Lim Salim Hartanto Limantara Chandra"),
)
TRADITIONS: tuple[tuple[Tradition, int], ...] = (
    *((JAWA, 26), (SUNDA, 9), (BATAK, 8), (MINANG, 6), (MELAYU, 7), (BUGIS, 10), (BALI, 3), (MALUKU, 9)),
    *((PAPUA, 7), (NUSA_TENGGARA, 5), (MINAHASA, 4), (KALIMANTAN, 4), (ACEH, 1), (TIONGHOA, 1)),
)


def name_of(n: int, sex: Sex) -> str:
    """The name of employee `n`, without titles."""
    tradition = weighted(n, "tradition", TRADITIONS)
    given = pick(n, "given", tradition.male if sex == "male" else tradition.female)
    prefix = pick(n, "prefix", tradition.prefix_male if sex == "male" else tradition.prefix_female)
    if roll(n, "alone", 100) < tradition.alone:
        return f"{prefix}{given}"
    last = pick(n, "last", (tradition.last_female or tradition.last) if sex == "female" else tradition.last)
    return f"{prefix}{given} {last}"
