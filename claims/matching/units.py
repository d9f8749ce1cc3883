"""Units, currencies and counted people as tables: names → kind, base unit and factor."""

CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₹": "rupees"}
CURRENCY_WORDS = {
    "dollar": "dollars", "dollars": "dollars", "usd": "dollars", "euro": "euros", "euros": "euros", "eur": "euros",
    "pounds sterling": "pounds", "gbp": "pounds", "yen": "yen", "rupee": "rupees", "rupees": "rupees",
    "yuan": "yuan", "rubles": "roubles", "roubles": "roubles", "francs": "francs",
    "crowns": "crowns", "kroner": "crowns", "kronor": "crowns", "marks": "marks", "pesos": "pesos", "zloty": "zloty",
    "forints": "forints", "dinars": "dinars", "dirhams": "dirhams", "lira": "lira", "shillings": "shillings",
    "naira": "naira", "rand": "rand", "baht": "baht",
}  # fmt: skip
_TABLE = {
    "length": ("metres", "m metre metres meter meters=1 km kilometre kilometres kilometer kilometers=1000 "
               "mile miles=1609.344 foot feet ft=0.3048 inch inches=0.0254 cm centimetres centimeters=0.01 "
               "yard yards=0.9144"),
    "mass": ("kilograms", "kg kilogram kilograms kilo kilos=1 tonne tonnes=1000 ton tons=1000 lb lbs pounds=0.45359 "
             "gram grams=0.001 ounces=0.02835"),
    "area": ("hectares", "hectare hectares ha=1 acre acres=0.404686"),
    "volume": ("litres", "litre litres liter liters=1 gallon gallons=3.785 barrel barrels=158.987"),
    "time": ("days", "second seconds=0.00001157407 minute minutes=0.000694444 hour hours=0.0416667 day days=1 "
             "week weeks=7 month months=30.44 year years=365.25 decade decades=3652.5 century centuries=36525"),
    "energy": ("megawatts", "mw megawatt megawatts=1 gw gigawatt gigawatts=1000 kw kilowatts=0.001"),
    "temperature": ("degrees", "degree degrees=1"),
    "magnitude": ("magnitude", "magnitude=1"),
}  # fmt: skip


def _measures() -> dict[str, tuple[str, str, float]]:
    measures: dict[str, tuple[str, str, float]] = {}
    for kind, (base, spec) in _TABLE.items():
        names: list[str] = []
        for part in spec.split():
            name, _, factor = part.partition("=")
            names.append(name)
            if factor:
                measures |= {known: (kind, base, float(factor)) for known in names}
                names = []
    square = {
        "square km": 100.0,
        "square kilometres": 100.0,
        "square kilometers": 100.0,
        "square miles": 258.999,
    }
    return measures | {name: ("area", "hectares", factor) for name, factor in square.items()}


MEASURES = _measures()
PEOPLE = frozenset(
    """people persons person civilians civilian men women man woman children child soldiers soldier troops
    passengers passenger residents resident citizens citizen students pupils workers worker victims victim dead
    killed wounded injured casualties deaths fatalities lives tourists migrants refugees protesters patients
    officers militants fighters gunmen hostages miners personnel inhabitants died""".split()
)
_ROLES = {
    "killed": "kill kills killed killing dead death deaths die dies died dying fatal fatally fatalities slain murdered "
    "drowned perished toll lives",
    "injured": "injure injures injured injuring injuries wound wounds wounded wounding hurt hospitalised hospitalized",
    "missing": "missing unaccounted",
    "arrested": "arrest arrests arrested arresting detained detaining jailed imprisoned",
    "displaced": "displaced displacing evacuated evacuating homeless fled",
    "rescued": "rescued saved freed released",
    "infected": "infected infections cases sickened",
}
ROLES = {word: role for role, listed in _ROLES.items() for word in listed.split()}
