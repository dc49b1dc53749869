"""Places of many wars, and reading with them: a gazetteer of some sixty towns in twenty countries."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from marsad.extract.context import contexts_in
from marsad.model import Context, ReportId, Text
from marsad.text.gazetteer import Gazetteer
from marsad.text.gazetteer_build import Site, gazetteer_batch

PUBLISHED = date(2026, 3, 18)
"""A Wednesday."""

TOWNS = (
    ("Bandiagara", "", "ML", 14.35, -3.61),
    ("Kidal", "كيدال", "ML", 18.44, 1.41),
    ("Gao", "جاو", "ML", 16.27, -0.04),
    ("Timbuktu", "تمبكتو", "ML", 16.77, -3.01),
    ("Mopti", "موبتي", "ML", 14.48, -4.18),
    ("Wad Madani", "ود مدني", "SD", 14.4, 33.52),
    ("Nyala", "نيالا", "SD", 12.05, 24.88),
    ("El Fasher", "الفاشر", "SD", 13.63, 25.35),
    ("Omdurman", "أم درمان", "SD", 15.64, 32.48),
    ("Port Sudan", "بور سودان", "SD", 19.62, 37.22),
    ("Khartoum", "الخرطوم", "SD", 15.55, 32.53),
    ("Jeddah", "جدة", "SA", 21.49, 39.19),
    ("Zalingei", "زالنجي", "SD", 12.91, 23.47),
    ("Bakhmut", "باخموت", "UA", 48.59, 38.0),
    ("Kherson", "خرسون", "UA", 46.64, 32.61),
    ("Kharkiv", "خاركيف", "UA", 49.98, 36.25),
    ("Nikopol", "", "UA", 47.57, 34.39),
    ("Pokrovsk", "", "UA", 48.28, 37.18),
    ("Avdiivka", "أفدييفكا", "UA", 48.14, 37.74),
    ("Dnipro", "دنيبرو", "UA", 48.47, 35.04),
    ("Paris", "باريس", "FR", 48.85, 2.35),
    ("Donetsk", "دونيتسك", "UA", 48.02, 37.8),
    ("Sanaa", "صنعاء", "YE", 15.35, 44.21),
    ("Hodeidah", "الحديدة", "YE", 14.8, 42.95),
    ("Aden", "عدن", "YE", 12.78, 45.04),
    ("Marib", "", "YE", 15.46, 45.33),
    ("Taiz", "تعز", "YE", 13.58, 44.02),
    ("Bellavista", "بوخايا", "CO", 6.56, -76.88),
    ("Arauca", "", "CO", 7.08, -70.76),
    ("Vigía del Fuerte", "", "CO", 6.59, -76.9),
    ("Havana", "هافانا", "CU", 23.13, -82.38),
    ("Cúcuta", "سوسوتا", "CO", 7.89, -72.51),
    ("Bogotá", "بوجوتا", "CO", 4.61, -74.08),
    ("Sagaing", "", "MM", 21.88, 95.98),
    ("Lashio", "", "MM", 22.94, 97.75),
    ("Loikaw", "", "MM", 19.68, 97.21),
    ("Kunming", "كونمينغ", "CN", 25.04, 102.72),
    ("Goma", "غوما", "CD", -1.67, 29.23),
    ("Kismayo", "", "SO", -0.36, 42.55),
    ("Bria", "", "CF", 6.54, 21.99),
    ("Idlib", "إدلب", "SY", 35.93, 36.63),
    ("Deir Ezzor", "دير الزور", "SY", 35.34, 40.14),
    ("Tyre", "الصور", "LB", 33.27, 35.19),
    ("Douma", "دوما", "SY", 33.57, 36.4),
    ("Rafah", "رفح", "PS", 31.3, 34.24),
    ("Homs", "حمص", "SY", 34.73, 36.72),
    ("Aleppo", "حلب", "SY", 36.2, 37.16),
    ("Raqqa", "الرقة", "SY", 35.95, 39.01),
    ("Damascus", "دمشق", "SY", 33.51, 36.29),
    ("Baghdad", "بغداد", "IQ", 33.34, 44.4),
    ("Mosul", "الموصل", "IQ", 36.34, 43.12),
    ("Tikrit", "تكريت", "IQ", 34.62, 43.68),
    ("Fallujah", "الفلوجة", "IQ", 33.35, 43.79),
    ("Kyiv", "كييف", "UA", 50.45, 30.52),
    ("Moscow", "موسكو", "RU", 55.75, 37.62),
    ("Sochi", "سوتشي", "RU", 43.6, 39.73),
    ("Nawa", "نوى", "SY", 32.89, 36.04),
    ("Geneva", "جنيف", "CH", 46.2, 6.15),
)
"""Name, Arabic name, country, latitude and longitude."""

COUNTRIES = (
    ("ML", "Mali", "مالي", "Malian"),
    ("SD", "Sudan", "السودان", "Sudanese"),
    ("SA", "Saudi Arabia", "السعودية", "Saudi"),
    ("UA", "Ukraine", "أوكرانيا", "Ukrainian"),
    ("RU", "Russia", "روسيا", "Russian"),
    ("FR", "France", "فرنسا", "French"),
    ("DE", "Germany", "ألمانيا", "German"),
    ("YE", "Yemen", "اليمن", "Yemeni"),
    ("IR", "Iran", "إيران", "Iranian"),
    ("CO", "Colombia", "كولومبيا", "Colombian"),
    ("CU", "Cuba", "كوبا", "Cuban"),
    ("MM", "Myanmar", "ميانمار", "Burmese"),
    ("CN", "China", "الصين", "Chinese"),
    ("CD", "DR Congo", "الكونغو الديمقراطية", "Congolese"),
    ("RW", "Rwanda", "رواندا", "Rwandan"),
    ("SO", "Somalia", "الصومال", "Somali"),
    ("CF", "Central African Republic", "أفريقيا الوسطى", "Central"),
    ("SY", "Syria", "سوريا", "Syrian"),
    ("IQ", "Iraq", "العراق", "Iraqi"),
    ("LB", "Lebanon", "لبنان", "Lebanese"),
    ("PS", "Palestine", "فلسطين", "Palestinian"),
    ("IL", "Israel", "إسرائيل", "Israeli"),
    ("CH", "Switzerland", "سويسرا", "Swiss"),
)
ALSO = {
    "Khartoum": ("Jartum",),
    "Aleppo": ("Alepo", "Alep", "Алеппо"),
    "Havana": ("La Habana", "Habana"),
    "Raqqa": ("Raqa",),
    "Kherson": ("Jersón", "Херсон"),
    "Kharkiv": ("Харків",),
    "Goma": ("Гома",),
}


@cache
def ground() -> Gazetteer:
    """Return the gazetteer of these towns and countries."""
    sites = [
        Site(
            f"iso:{code}", name, name_ar, code, None, 10.0, 20.0 + n, "country", 20_000_000, 6, (name_ar,), curated=True
        )
        for n, (code, name, name_ar, _) in enumerate(COUNTRIES)
    ]
    for n, (name, name_ar, code, north, east) in enumerate(TOWNS):
        known = tuple(filter(None, (name_ar, *ALSO.get(name, ()))))
        sites.append(
            Site(f"gn:{n}", name, name_ar or None, code, None, north, east, "city", 200_000, 1, known, curated=True)
        )
    words = {word: code for code, name, name_ar, adjective in COUNTRIES for word in (name, name_ar, adjective)}
    return Gazetteer(gazetteer_batch(sites, words))


def told(text: str, lang: str | None = "en", published: date | None = PUBLISHED) -> list[Context]:
    """Return what a report says beside counts; one that cannot be read fails the test."""
    found = list(contexts_in(Text(ReportId("r"), text, published, "The Harbour Daily", lang), ground()))
    contexts = [context for context in found if isinstance(context, Context)]
    assert contexts == found
    return contexts


def kinds(contexts: Iterable[Context]) -> list[str]:
    """Return what kinds and acts these are, in alphabetical order."""
    return sorted(f"{c.kind.value}.{c.act}" for c in contexts)
