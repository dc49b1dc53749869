"""Small tables in the form of the field's data sets. Every row is invented; only the names of the columns are theirs."""

import csv
import io
from collections.abc import Mapping, Sequence


def names(columns: str) -> tuple[str, ...]:
    """Return the names of columns that are written one after another."""
    return tuple(columns.split())


UCDP = names(
    """
    id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
    dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
    number_of_sources source_article source_office source_date source_headline source_original where_prec
    where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id
    region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high
    low gwnoa gwnob
    """
)

ACLED = names(
    """
    event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1
    inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3
    location latitude longitude geo_precision source source_scale notes fatalities tags timestamp
    """
)

RAQQA = {
    "id": "70001",
    "relid": "SYR-2014-1-1-1",
    "year": "2014",
    "type_of_violence": "1",
    "side_a": "Government of Syria",
    "side_b": "IS",
    "number_of_sources": "1",
    "source_article": 'Invented Gazette, "Raids, and then silence"',
    "source_original": "Syrian Observatory for Human Rights",
    "where_prec": "1",
    "where_coordinates": "Raqqa town",
    "adm_1": "Raqqa governorate",
    "latitude": "35.950000",
    "longitude": "39.010000",
    "country": "Syria",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2014-11-25 00:00:00.000",
    "date_end": "2014-11-25 00:00:00.000",
    "deaths_a": "0",
    "deaths_b": "3",
    "deaths_civilians": "48",
    "deaths_unknown": "44",
    "best": "95",
    "high": "120",
    "low": "60",
}

CLASH = {
    "event_id_cnty": "SYR90001",
    "event_date": "2014-11-25",
    "year": "2014",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Violence against civilians",
    "sub_event_type": "Attack",
    "actor1": "Unidentified Armed Group (Syria)",
    "inter1": "Political militia",
    "actor2": "Civilians (Syria)",
    "inter2": "Civilians",
    "interaction": "Political militia-Civilians",
    "civilian_targeting": "Civilian targeting",
    "iso": "760",
    "country": "Syria",
    "admin1": "Ar Raqqa",
    "location": "Ar-Raqqa",
    "latitude": "35.9500",
    "longitude": "39.0100",
    "geo_precision": "1",
    "source": "Invented Monitor; Made-up Post",
    "notes": "Gunmen opened fire on a market.\nSeveral stalls burned.",
    "fatalities": "12",
    "timestamp": "1417046400",
}


def table(columns: Sequence[str], *rows: Mapping[str, str], header: bool = True, mark: bool = False) -> bytes:
    """Return a CSV file: these columns, these rows; with `mark` a byte order mark before it, as spreadsheets write it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if header:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([row.get(name, "") for name in columns])
    return (b"\xef\xbb\xbf" if mark else b"") + out.getvalue().encode()
