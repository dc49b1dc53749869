"""Sentences of our own about many wars, and what each of them tells beside counts of people."""

from typing import Any

Case = tuple[str, list[tuple[str, dict[str, Any]]]]
"""A sentence, and for each context its kind and act and what must be read of it; nothing else may be read."""

ENGLISH: tuple[Case, ...] = (
    (
        "Fighters of JNIM seized control of the town of Bandiagara on Monday.",
        [("control.gained", {"actor": "JNIM", "place": "Bandiagara", "since": "2026-03-16"})],
    ),
    (
        "The Malian army withdrew from Kidal last week, and Tuareg rebels raised their flag.",
        [("control.lost", {"actor": "Government of Mali", "place": "Kidal"})],
    ),
    (
        "Gao was retaken by Malian troops in January 2013.",
        [("control.gained", {"actor": "Government of Mali", "place": "Gao", "since": "2013-01-01"})],
    ),
    ("Jihadists have blockaded Timbuktu since August.", [("control.besieges", {"place": "Timbuktu"})]),
    ("Mercenaries of the Wagner Group still hold the base near Gao.", [("control.holds", {"actor": "Wagner Group"})]),
    (
        "A convoy of soldiers was ambushed by JNIM fighters near Mopti.",
        [("event.ambush", {"actor": "JNIM", "place": "Mopti"})],
    ),
    (
        "The Rapid Support Forces captured Wad Madani in December.",
        [("control.gained", {"actor": "Rapid Support Forces", "place": "Wad Madani", "since": "2025-12-01"})],
    ),
    ("The army lost Nyala to the RSF.", [("control.lost", {"place": "Nyala"})]),
    (
        "El Fasher has been besieged by the RSF for a year.",
        [("control.besieges", {"actor": "Rapid Support Forces", "place": "El Fasher"})],
    ),
    (
        "The paramilitaries failed to capture Omdurman.",
        [("control.gained", {"place": "Omdurman", "polarity": "negated"})],
    ),
    ("RSF drones struck the airport in Port Sudan on Sunday.", [("event.attack", {"place": "Port Sudan"})]),
    (
        "Clashes between the army and the RSF broke out in Khartoum on Tuesday.",
        [
            (
                "event.clash",
                {
                    "actor": "Government of Sudan",
                    "others": ("Rapid Support Forces",),
                    "place": "Khartoum",
                    "since": "2026-03-17",
                },
            )
        ],
    ),
    (
        "Sudan's army denied that it had lost control of Babanusa.",
        [
            ("statement.denied", {"actor": "Government of Sudan"}),
            ("control.lost", {"place": "Babanusa", "modality": "denied"}),
        ],
    ),
    (
        "The United Nations urged both sides to let aid convoys into El Fasher as the fighting went on.",
        [("statement.called_on", {"actor": "United Nations", "others": ("both sides",)})],
    ),
    ("The war in Sudan began on April 15, 2023.", [("conflict.began", {"since": "2023-04-15", "place": "Sudan"})]),
    (
        "RSF-held areas of Omdurman were shelled by the army.",
        [
            ("control.holds", {"actor": "Rapid Support Forces", "place": "Omdurman"}),
            ("event.shelling", {"actor": "Government of Sudan", "place": "Omdurman"}),
        ],
    ),
    (
        "Talks between the army and the RSF in Jeddah ended without agreement in 2023.",
        [("meeting.ended_without_agreement", {"place": "Jeddah", "since": "2023-01-01"})],
    ),
    (
        "Satellite images showed burnt villages near Zalingei after the air strike.",
        [("evidence.satellite_images", {"place": "Zalingei"})],
    ),
    (
        "The RSF imposed taxes on traders in Nyala, residents said.",
        [
            ("governance.governs", {"actor": "Rapid Support Forces", "place": "Nyala", "attribution": "residents"}),
            ("statement.said", {}),
        ],
    ),
    (
        "Doctors Without Borders suspended its work at a hospital in Khartoum after the shelling.",
        [("relief.suspended", {"place": "Khartoum"})],
    ),
    (
        "Russian forces captured Bakhmut in May 2023 after months of fighting.",
        [("control.gained", {"actor": "Government of Russia", "place": "Bakhmut", "since": "2023-05-01"})],
    ),
    (
        "Ukrainian troops recaptured Kherson in November 2022.",
        [("control.gained", {"actor": "Government of Ukraine", "place": "Kherson", "since": "2022-11-01"})],
    ),
    (
        "Russia fired missiles at Kharkiv overnight, and shelling hit Nikopol.",
        [
            ("event.shelling", {"place": "Nikopol"}),
            ("event.shelling", {"actor": "Government of Russia", "place": "Kharkiv"}),
        ],
    ),
    (
        "Kyiv denied that Russian troops had taken Pokrovsk.",
        [("statement.denied", {}), ("control.gained", {"place": "Pokrovsk", "modality": "denied"})],
    ),
    (
        "Avdiivka fell to Russian forces in February 2024.",
        [("control.gained", {"actor": "Government of Russia", "place": "Avdiivka", "since": "2024-02-01"})],
    ),
    (
        "Ukraine's army withdrew from Avdiivka on February 17, 2024.",
        [("control.lost", {"actor": "Government of Ukraine", "place": "Avdiivka", "since": "2024-02-17"})],
    ),
    (
        "The missile strike was the deadliest in Dnipro since January 2023.",
        [
            ("comparison.worst", {"place": "Dnipro", "since": "2023-01-01"}),
            ("event.missile_strike", {"place": "Dnipro"}),
        ],
    ),
    (
        "President Volodymyr Zelensky is to meet President Emmanuel Macron in Paris on Thursday to talk about the war.",
        [("meeting.met", {"place": "Paris", "modality": "planned", "others": ("Emmanuel Macron",)})],
    ),
    (
        "Germany has pledged to send tanks to Ukraine for the war.",
        [("statement.promised", {}), ("arms_transfer.promised", {})],
    ),
    (
        "Russian-controlled Donetsk was hit by shelling on Sunday.",
        [("control.holds", {"place": "Donetsk"}), ("event.shelling", {"place": "Donetsk"})],
    ),
    (
        "The Houthis overran Sanaa in September 2014.",
        [("control.gained", {"actor": "Houthis", "place": "Sanaa", "since": "2014-09-01"})],
    ),
    (
        "Air strikes by the Saudi-led coalition hit Hodeidah on Friday.",
        [("event.air_strike", {"actor": "Saudi-led coalition", "place": "Hodeidah", "since": "2026-03-13"})],
    ),
    (
        "Aden is controlled by the Southern Transitional Council, while the Houthis hold Sanaa.",
        [
            ("control.holds", {"actor": "Southern Transitional Council", "place": "Aden"}),
            ("control.holds", {"actor": "Houthis", "place": "Sanaa"}),
        ],
    ),
    (
        "Iran has supplied missiles to the Houthis, a panel of experts said.",
        [("arms_transfer.delivered", {}), ("statement.said", {})],
    ),
    (
        "A truce between the Houthis and the government took effect on April 2, 2022.",
        [("conflict.truce_began", {"since": "2022-04-02"})],
    ),
    (
        "The Houthis threatened to attack ships in the Red Sea if the war goes on.",
        [("statement.threatened", {"actor": "Houthis"})],
    ),
    (
        "Marib, located east of Sanaa, is the last stronghold of the government in the north; Houthi fighters advanced on Marib.",
        [("geography.located", {"place": "Marib"}), ("event.ground_offensive", {"actor": "Houthis", "place": "Marib"})],
    ),
    (
        "Guerrillas of the FARC attacked the village of Bellavista in May 2002.",
        [("event.attack", {"actor": "FARC", "place": "Bellavista"})],
    ),
    ("The ELN kidnapped two soldiers in Arauca.", [("event.abduction", {"actor": "ELN", "place": "Arauca"})]),
    ("Paramilitaries of the AUC took control of Vigía del Fuerte in 2002.", [("control.gained", {"actor": "AUC"})]),
    (
        "The government and the FARC signed a truce; peace talks were held in Havana in 2012.",
        [
            ("meeting.held_talks", {"place": "Havana", "since": "2012-01-01"}),
            ("conflict.truce_agreed", {"others": ("FARC",)}),
        ],
    ),
    (
        "The ELN claimed responsibility for the car bomb in Cúcuta.",
        [("statement.claimed", {"actor": "ELN"}), ("event.bombing", {"place": "Cúcuta"})],
    ),
    (
        "The Arakan Army has seized control of most of Rakhine.",
        [("control.gained", {"actor": "Arakan Army", "extent": "most of", "status": "partial"})],
    ),
    ("The junta bombed a school in Sagaing on Monday.", [("event.air_strike", {"place": "Sagaing"})]),
    (
        "Lashio was captured by the MNDAA in August 2024.",
        [("control.gained", {"actor": "Myanmar National Democratic Alliance Army", "place": "Lashio"})],
    ),
    (
        "The junta extended martial law in Loikaw after rebels attacked the town.",
        [("governance.decreed", {"place": "Loikaw"}), ("event.attack", {"place": "Loikaw"})],
    ),
    (
        "The junta's troops are trying to retake Myawaddy from the KNLA.",
        [("control.gained", {"place": "Myawaddy", "modality": "possible"})],
    ),
    (
        "China brokered a truce; China-brokered talks between the junta and the MNDAA took place in Kunming.",
        [("meeting.held_talks", {"place": "Kunming"})],
    ),
    (
        "M23 rebels, backed by Rwanda, captured Goma in January 2025.",
        [("control.gained", {"actor": "M23", "place": "Goma", "since": "2025-01-01"}), ("relation.supports", {})],
    ),
    (
        "Boko Haram pledged allegiance to the Islamic State in March 2015.",
        [("relation.allied_with", {"actor": "Boko Haram", "others": ("Islamic State",)})],
    ),
    (
        "Al-Shabaab has lost control of Kismayo, but the militants still hold parts of Jubaland.",
        [
            ("control.lost", {"actor": "al-Shabaab", "place": "Kismayo"}),
            ("control.holds", {"actor": "al-Shabaab", "extent": "parts of"}),
        ],
    ),
    (
        "Amnesty International accused the rebels of war crimes in Bria.",
        [("statement.accused", {"actor": "Amnesty International"})],
    ),
    (
        "Human Rights Watch condemned the bombing of a market in Taiz as a war crime.",
        [("statement.condemned", {"actor": "Human Rights Watch"}), ("event.air_strike", {"place": "Taiz"})],
    ),
    (
        "Russia has backed the Syrian government since 2015 in the war.",
        [("relation.supports", {"actor": "Government of Russia", "others": ("Government of Syria",)})],
    ),
    (
        "Rebels drove the army out of Idlib in March 2015.",
        [("control.gained", {"place": "Idlib", "since": "2015-03-01"})],
    ),
    ("The army broke the siege of Deir Ezzor in September 2017.", [("control.siege_lifted", {"place": "Deir Ezzor"})]),
    (
        "Residents said Israeli jets had bombed Tyre on Saturday.",
        [
            ("event.air_strike", {"place": "Tyre", "attribution": "residents", "since": "2026-03-14"}),
            ("statement.said", {}),
        ],
    ),
    (
        "Gunmen may have entered Goma; rebels could capture the airport in Goma, diplomats warned.",
        [
            ("statement.warned", {"actor": "diplomats"}),
            ("control.gained", {"place": "Goma", "modality": "possible", "extent": "the airport"}),
        ],
    ),
    ("Photographs posted by activists appeared to show tanks in Douma.", [("evidence.images", {"place": "Douma"})]),
    (
        "Rescuers pulled bodies from the rubble in Rafah after the air strikes.",
        [("relief.recovered_dead", {"place": "Rafah"})],
    ),
    (
        "The army has blocked aid convoys to Homs since the rebels took the old quarter.",
        [("relief.blocked", {"place": "Homs"}), ("control.gained", {"place": "Homs"})],
    ),
    (
        "The Syrian Network for Human Rights, which relies on volunteers on the ground, said the army had shelled Douma.",
        [
            ("source_description.gathers_from", {}),
            ("statement.said", {}),
            ("event.shelling", {"place": "Douma", "attribution": "Syrian Network for Human Rights"}),
        ],
    ),
)
"""Mali, Sudan, Ukraine, Yemen, Colombia, Myanmar and others; published on Wednesday, 18 March 2026."""

NOT_ENGLISH: tuple[str, ...] = (
    "The team took control of the ball while the army watched.",
    "The film captured the mood of the war.",
    "She won the seat for the party of the former rebels.",
    "The company seized control of its rival in Damascus as the war went on.",
    "The army of volunteers held a party in Aleppo.",
    "He lost his home in Raqqa in the war.",
    "The photographer captured Aleppo's ruins before the shelling.",
    "Prices took off and held steady in Khartoum in spite of the war.",
    "The war museum in Kyiv holds letters of soldiers.",
    "A siege mentality took hold of the rebels.",
    "He met his future wife in Baghdad during the war.",
    "The rebels fell to their knees in prayer.",
)
"""Words of taking, holding and meeting that tell of no war."""

SPANISH: tuple[Case, ...] = (
    (
        "Combatientes del ELN tomaron el control de Arauca el lunes.",
        [("control.gained", {"actor": "ELN", "since": "2026-03-16"})],
    ),
    (
        "El Ejército sudanés recuperó Jartum en marzo de 2025.",
        [("control.gained", {"actor": "Government of Sudan", "place": "Khartoum", "since": "2025-03-01"})],
    ),
    (
        "Los rebeldes tomaron la ciudad de Idlib en 2015.",
        [("control.gained", {"place": "Idlib", "since": "2015-01-01"})],
    ),
    (
        "Alepo cayó en manos de los rebeldes en noviembre de 2024.",
        [("control.gained", {"place": "Aleppo", "since": "2024-11-01"})],
    ),
    (
        "Las tropas rusas se retiraron de Jersón en noviembre de 2022.",
        [("control.lost", {"actor": "Government of Russia"})],
    ),
    ("La ciudad de Goma está en manos del M23.", [("control.holds", {"actor": "M23", "place": "Goma"})]),
    ("Las FARC atacaron Bellavista con cilindros bomba en mayo de 2002.", [("event.attack", {"actor": "FARC"})]),
    ("La guerrilla secuestró a dos soldados en Cúcuta.", [("event.abduction", {"place": "Cúcuta"})]),
    ("La aviación rusa bombardeó Alepo el martes.", [("event.air_strike", {"place": "Aleppo", "since": "2026-03-17"})]),
    (
        "Enfrentamientos entre el Ejército sudanés y las Fuerzas de Apoyo Rápido estallaron en Jartum.",
        [("event.clash", {"actor": "Government of Sudan", "others": ("Rapid Support Forces",), "place": "Khartoum"})],
    ),
    (
        "La ONU condenó los bombardeos contra civiles en la guerra de Yemen.",
        [("statement.condemned", {"actor": "United Nations"}), ("event.air_strike", {})],
    ),
    (
        "Amnistía Internacional pidió a ambas partes respetar la tregua en la guerra.",
        [("statement.called_on", {"actor": "Amnesty International", "others": ("ambas partes",)})],
    ),
    (
        "Las conversaciones de paz entre el Gobierno y el ELN se celebraron en La Habana y terminaron sin acuerdo.",
        [("meeting.ended_without_agreement", {"place": "Havana"})],
    ),
    (
        "La guerra en Ucrania comenzó en febrero de 2022.",
        [("conflict.began", {"place": "Ukraine", "since": "2022-02-01"})],
    ),
)
"""The same in Spanish."""

NOT_SPANISH: tuple[str, ...] = (
    "El portero tomó el balón y el equipo rebelde perdió.",
    "La empresa tomó el control de su rival en Bogotá durante la guerra de precios.",
)
"""Words of taking, holding and meeting that tell of no war."""

ARABIC: tuple[Case, ...] = (
    (
        "سيطرت قوات الدعم السريع على مدينة ود مدني.",
        [("control.gained", {"actor": "Rapid Support Forces", "place": "Wad Madani"})],
    ),
    (
        "استعاد الجيش السوداني مدينة الخرطوم في مارس 2025.",
        [("control.gained", {"actor": "Government of Sudan", "place": "Khartoum", "since": "2025-03-01"})],
    ),
    ("سقطت مدينة الرقة بيد تنظيم الدولة عام 2014.", [("control.gained", {"actor": "Islamic State", "place": "Raqqa"})]),
    ("انسحبت قوات النظام من مدينة إدلب.", [("control.lost", {"actor": "Government of Syria", "place": "Idlib"})]),
    ("يسيطر الحوثيون على مدينة صنعاء.", [("control.holds", {"actor": "Houthis", "place": "Sanaa"})]),
    (
        "تحاصر قوات الدعم السريع مدينة الفاشر.",
        [("control.besieges", {"actor": "Rapid Support Forces", "place": "El Fasher"})],
    ),
    (
        "قصفت طائرات النظام مدينة حلب أمس.",
        [("event.shelling", {"actor": "Government of Syria", "place": "Aleppo", "since": "2026-03-17"})],
    ),
    (
        "اندلعت اشتباكات بين الجيش السوداني وقوات الدعم السريع في أم درمان.",
        [("event.clash", {"actor": "Government of Sudan", "place": "Omdurman", "others": ("Rapid Support Forces",)})],
    ),
    ("أدانت الأمم المتحدة القصف على مدينة تعز.", [("statement.condemned", {"actor": "United Nations"})]),
    (
        "دعت الأمم المتحدة جميع الأطراف إلى وقف القتال.",
        [("statement.called_on", {"actor": "United Nations", "others": ("جميع الأطراف",)})],
    ),
)
"""The same in Arabic, where the verb comes first."""

NOT_ARABIC: tuple[str, ...] = (
    "سيطر اللاعب على الكرة أمام الجيش.",
    "فقدت الشركة السيطرة على السوق بسبب الحرب.",
)
"""Words of taking, holding and meeting that tell of no war."""
