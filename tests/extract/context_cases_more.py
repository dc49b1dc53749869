"""Sentences of our own in French, Italian and Ukrainian, and more in languages read before: what each tells beside counts."""

from context_cases import Case

FRENCH: tuple[Case, ...] = (
    (
        "Les combattants du JNIM se sont emparés lundi de la ville de Bandiagara.",
        [("control.gained", {"actor": "JNIM", "place": "Bandiagara", "since": "2026-03-16"})],
    ),
    ("L'armée malienne a de nouveau repris Kidal.", [("control.gained", {"actor": "Government of Mali"})]),
    ("Gao a été prise par les rebelles touareg.", [("control.gained", {"place": "Gao"})]),
    ("L'armée malienne n'a pas pris Kidal.", [("control.gained", {"place": "Kidal", "polarity": "negated"})]),
    ("Les rebelles tentent de prendre Goma.", [("control.gained", {"place": "Goma", "modality": "possible"})]),
    (
        "Les rebelles ont pris dimanche le contrôle de Goma.",
        [("control.gained", {"place": "Goma", "since": "2026-03-15"})],
    ),
    (
        "Nyala est tombée mardi aux mains des Forces de soutien rapide.",
        [("control.gained", {"actor": "Rapid Support Forces", "place": "Nyala"})],
    ),
    ("Les djihadistes assiègent Mopti depuis un an.", [("control.besieges", {"place": "Mopti"})]),
    ("L'aviation russe a bombardé Kherson.", [("event.air_strike", {"actor": "Government of Russia"})]),
    ("Kherson a été bombardée par l'armée russe.", [("event.air_strike", {"actor": "Government of Russia"})]),
    (
        "Un kamikaze s'est fait exploser dans une mosquée de Mopti.",
        [("event.bombing", {"actor": "kamikaze", "place": "Mopti"})],
    ),
    (
        "Médecins sans frontières a soigné des blessés à Goma pendant la guerre.",
        [("relief.treated", {"place": "Goma", "polarity": "affirmed"})],
    ),
    (
        "L'ONU a condamné l'usage d'armes contre les villages.",
        [("statement.condemned", {"actor": "United Nations"})],
    ),
    (
        "Le ministre français des Affaires étrangères s'est rendu à Goma pendant la guerre.",
        [("meeting.visited", {"actor": "ministre français", "place": "Goma"})],
    ),
    (
        "Une trêve est entrée en vigueur vendredi à Goma.",
        [("conflict.truce_began", {"place": "Goma", "since": "2026-03-13"})],
    ),
    ("La Russie soutient le M23 dans la guerre.", [("relation.supports", {"others": ("M23",)})]),
)

ITALIAN: tuple[Case, ...] = (
    (
        "I ribelli dell'M23 si sono impadroniti di Goma.",
        [("control.gained", {"actor": "M23", "place": "Goma"})],
    ),
    ("L'esercito maliano ha ripreso il controllo di Kidal.", [("control.gained", {"place": "Kidal"})]),
    ("Goma è stata conquistata dai ribelli.", [("control.gained", {"place": "Goma"})]),
    ("I ribelli non hanno preso Goma.", [("control.gained", {"place": "Goma", "polarity": "negated"})]),
    (
        "L'aviazione russa ha bombardato lunedì Kherson.",
        [("event.air_strike", {"actor": "Government of Russia", "since": "2026-03-16"})],
    ),
    ("Le milizie controllano Goma.", [("control.holds", {"actor": "milizie", "place": "Goma"})]),
    (
        "Scontri tra l'esercito russo e i ribelli sono scoppiati a Goma.",
        [("event.clash", {"actor": "Government of Russia", "others": ("ribelli",)})],
    ),
    (
        "Medici Senza Frontiere ha curato trenta feriti a Goma durante la guerra.",
        [("relief.treated", {"place": "Goma", "polarity": "affirmed"})],
    ),
    ("L'Onu ha accusato i ribelli di saccheggi.", [("statement.accused", {"actor": "United Nations"})]),
    ("Le immagini satellitari mostrano carri armati a Goma.", [("evidence.satellite_images", {"place": "Goma"})]),
    (
        "La Russia ha consegnato missili ai ribelli.",
        [("arms_transfer.delivered", {"actor": "Government of Russia"})],
    ),
)

UKRAINIAN: tuple[Case, ...] = (
    ("Повстанці захопили місто Гома.", [("control.gained", {"place": "Goma"})]),
    (
        "Українські військові звільнили Херсон.",
        [("control.gained", {"actor": "Government of Ukraine", "place": "Kherson"})],
    ),
    (
        "Російські війська відступили з Херсона.",
        [("control.lost", {"actor": "Government of Russia", "place": "Kherson"})],
    ),
    (
        "Російські війська не захопили Харків.",
        [("control.gained", {"place": "Kharkiv", "polarity": "negated"})],
    ),
    (
        "Росія завдала ракетного удару по Харкову.",
        [("event.missile_strike", {"actor": "Government of Russia", "place": "Kharkiv"})],
    ),
    (
        "Російська армія обстріляла Херсон.",
        [("event.shelling", {"actor": "Government of Russia", "place": "Kherson"})],
    ),
    ("ООН засудила дії бойовиків.", [("statement.condemned", {"actor": "United Nations"})]),
    ("Рятувальники евакуювали людей із Херсона після обстрілу.", [("relief.evacuated", {"place": "Kherson"})]),
    ("Німеччина передала Україні ракети.", [("arms_transfer.delivered", {"actor": "Government of Germany"})]),
)

ENGLISH: tuple[Case, ...] = (
    (
        "Gunmen seized dozens of schoolgirls from a dormitory in Goma.",
        [("event.abduction", {"actor": "Gunmen", "place": "Goma"})],
    ),
    (
        "Doctors Without Borders treated the wounded in Goma during the war.",
        [("relief.treated", {"place": "Goma", "polarity": "affirmed"})],
    ),
    (
        "Fighting erupted in Nyala between the army and the RSF.",
        [("event.clash", {"others": ("Rapid Support Forces",), "place": "Nyala"})],
    ),
    ("Russian troops attacked Kherson with gas.", [("event.attack", {"actor": "Government of Russia", "others": ()})]),
)

SPANISH: tuple[Case, ...] = (
    (
        "Los rebeldes entraron el lunes en Goma.",
        [("control.gained", {"place": "Goma", "since": "2026-03-16"})],
    ),
    ("Las tropas rusas abandonaron Jersón.", [("control.lost", {"actor": "Government of Russia"})]),
    (
        "Las fotos de los activistas muestran tanques en Alepo.",
        [("evidence.images", {"place": "Aleppo"})],
    ),
    (
        "El Ejército bloqueó un convoy humanitario cerca de Alepo.",
        [("relief.blocked", {"others": ("convoy humanitario",), "place": "Aleppo"})],
    ),
)

ARABIC: tuple[Case, ...] = (
    (
        "سيطرت قوات الدعم السريع على مدينة بابنوسة.",
        [("control.gained", {"actor": "Rapid Support Forces", "place": "بابنوسة"})],
    ),
    ("خطف مسلحون قاضيا في حلب.", [("event.abduction", {"place": "Aleppo"})]),
    ("تدعم روسيا قوات الدعم السريع.", [("relation.supports", {"actor": "Government of Russia"})]),
    ("دخلت الهدنة حيز التنفيذ في حلب.", [("conflict.truce_began", {"place": "Aleppo"})]),
)

NOTHING: tuple[tuple[str, str], ...] = (
    ("fr", "Les pompiers ont pris le contrôle de la situation à Goma pendant la guerre."),
    ("fr", "Un soldat condamné à Goma attend son procès."),  # a participle without its auxiliary
    ("fr", "Le film sur la guerre, repris à Kidal, dure deux heures."),
    ("fr", "Les ambassadeurs sont arrivés à Goma pendant les combats."),
    ("it", "La squadra ha conquistato la finale dopo una vera guerra."),
    ("it", "Il soldato accusato a Goma attende il processo."),
    ("it", "Il corteo preso di mira dai fischi ricordava la guerra."),
    ("uk", "Фільм про війну захопив глядачів у Харкові."),
    ("uk", "Команда втратила очки у Херсоні під час війни."),
    ("es", "La ministra celebró en Bogotá el aniversario de la guerra."),
    ("en", "There were fears of war in Goma."),
)
"""Sentences with words of the lists that tell nothing of the kind: nobody armed does it, or a participle only describes."""
