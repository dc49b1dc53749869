"""The observatory's own forms as XLSForm, for KoBo and ODK: what comes back from them needs no mapping."""

import tomllib
from importlib import resources
from typing import Any, Final

from marsad.collect.workbook_written import workbook_bytes
from marsad.model import Wrong

FORMS: Final = ("incident", "victim")
_LABELS: Final = ("label::English (en)", "label::العربية (ar)")


def xlsform(name: str) -> bytes:
    """Return a form as a workbook with the sheets survey, choices and settings; raises Wrong for a name that is none.

    Source: XLSForm.org. A choice's name has underlines for spaces: `weapon_of` and names of sources read both.
    """
    return workbook_bytes(form_sheets(name))


def form_sheets(name: str) -> dict[str, list[list[str]]]:
    """Return the cells of a form by sheet, the first row of each being its header."""
    if name not in FORMS:
        raise Wrong("form", name, f"is none of {', '.join(FORMS)}", "name one of them")
    told: dict[str, Any] = tomllib.loads(
        (resources.files("marsad.resources") / "forms" / f"{name}.toml").read_text("utf-8")
    )
    survey = [["type", "name", *_LABELS, "required", "calculation", "constraint"]]
    for question in told["question"]:
        kind = question["type"]
        constraint = ". >= 0" if kind == "integer" else ""
        labels = [question.get("en", ""), question.get("ar", "")]
        required = "yes" if question.get("required") else ""
        survey.append([kind, question["name"], *labels, required, question.get("calculation", ""), constraint])
    choices = [["list_name", "name", *_LABELS]]
    for listed, values in told["choices"].items():
        choices += [[listed, value.replace(" ", "_"), said["en"], said["ar"]] for value, said in values.items()]
    titles = told["title"]
    settings = [
        ["form_id", "form_title", "default_language"],
        [told["id"], f"{titles['en']} – {titles['ar']}", "English (en)"],
    ]
    return {"survey": survey, "choices": choices, "settings": settings}
