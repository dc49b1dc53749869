"""An estimate on one page, for a statistician and for a journalist: HTML without scripts, fonts or anything from elsewhere."""

from collections.abc import Sequence
from html import escape

from marsad import __version__
from marsad.estimate import plots
from marsad.estimate.assumptions import highest_order
from marsad.estimate.caution import Severity
from marsad.estimate.result import Result
from marsad.estimate.table import CaptureTable
from marsad.estimate.words import persons
from marsad.text.words import catalogue, say

_STYLE = """
body{font:16px/1.5 sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem;color:#1b1b1b}
h1{font-size:1.6rem;margin:.2em 0}h2{font-size:1.1rem;margin:1.4em 0 .3em}
.answer{font-size:1.25rem;border-inline-start:.4rem solid #0b5394;padding-inline-start:1rem;margin:1rem 0}
.refused{border-color:#b00020}.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr));gap:0 1.5rem}
.wide{overflow-x:auto}ul{padding-inline-start:1.2rem}small{display:block;font-weight:normal;text-align:start;color:#444}
table{border-collapse:collapse;font-size:.9rem}td,th{padding:.2rem .6rem;border-bottom:1px solid #ddd;text-align:start}
td:first-child{min-width:7rem}.n{text-align:end;white-space:nowrap}code{font-size:.8rem;overflow-wrap:anywhere}svg{width:100%;height:auto;direction:ltr}
.error{font-weight:bold}footer{color:#555;font-size:.8rem;margin-top:2rem}
@media (max-width:30rem){table{font-size:.8rem}td,th{padding:.2rem .25rem}td:first-child{min-width:0}}
@media print{body{margin:0;font-size:11pt}}
"""


def report(
    whole: Result,
    methods: Sequence[Result] = (),
    table: CaptureTable | None = None,
    strata: Sequence[Result] = (),
    joined: Sequence[str] = (),
    lang: str = "en",
) -> str:
    """Return the page as HTML: answer or refusal, floor, doubts, what each method says, pictures, parts, how it was made.

    `whole` is the headline or total, `methods` the results behind it, `table` what they were made of, `strata` the parts of
    a total, `joined` sentences on parts joined. `lang` is "en" or "ar". Raises KeyError where a sentence is missing.
    """

    def told(key: str, **values: object) -> str:
        return escape(say("estimate", lang, key, values))

    title = told("report.title")
    where = ", ".join(f"<bdi>{escape(key)}</bdi> <bdi>{escape(value)}</bdi>" for key, value in whole.stratum.items())
    parts = [f"<h1>{title}</h1>", f"<p>{where}</p>" if where else "", _answer(whole, lang)]
    parts.append(f"<h2>{told('report.doubts')}</h2>{_doubts(whole, lang)}")
    pictures = []
    if whole.draws is not None or whole.density is not None:
        pictures.append(
            (told("report.posterior"), str(plots.posterior(whole, floor=say("estimate", lang, "report.floor"))))
        )
    if methods:
        pictures.append((told("report.methods"), str(plots.comparison([*methods, whole], names=_names(lang)))))
    if table is not None:
        pictures.append((told("report.overlap"), str(plots.upset(table))))
    if whole.headline is not None:
        curve = plots.sensitivity(highest_order(whole), say("estimate", lang, "report.factor"), whole.n)
        pictures.append((told("report.sensitivity"), str(curve)))
    if len(strata) > 1:
        names = [*dict.fromkeys(name for one in strata for name in one.stratum)]
        by = (names[-1], names[0]) if len(names) > 1 else ((names or ["-"])[0], "-")
        pictures.append((told("report.strata"), str(plots.strata(strata, *by))))
    parts.append(
        f'<div class="grid">{"".join(f"<section><h2>{head}</h2>{svg}</section>" for head, svg in pictures)}</div>'
    )
    if methods:
        parts.append(f"<h2>{told('report.methods')}</h2>{_rows(methods, lang)}")
    if strata:
        parts.append(f"<h2>{told('report.strata')}</h2>{_rows(strata, lang, by_stratum=True)}")
    if joined:
        parts.append(f"<h2>{told('report.joined')}</h2><ul>{''.join(f'<li>{escape(one)}</li>' for one in joined)}</ul>")
    parts += [f"<h2>{told('report.how')}</h2><p>{told('report.how_text')}</p>", _made(whole, methods, lang)]
    direction = "rtl" if lang == "ar" else "ltr"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    head += f"<style>{_STYLE}</style>"
    return f'<!doctype html><html lang="{lang}" dir="{direction}"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def _answer(whole: Result, lang: str) -> str:
    def told(key: str, **values: object) -> str:
        return escape(say("estimate", lang, key, values))

    floor = told("report.documented", n=f"{whole.n:,}", lists=len(whole.lists))
    head = whole.headline
    if head is None:
        says = told("report.refused", why=say("estimate", lang, f"why.{whole.status}"))
        if whole.point is not None:
            says += " " + told("report.bound", point=persons(whole.point))
        return f'<p class="answer refused">{says}</p><p>{floor}</p>'
    low, point, high = head
    says = told("report.estimated", low=persons(low), point=persons(point), high=persons(high))
    more = told("report.missing", low=persons(low - whole.n), high=persons(high - whole.n))
    lines = [floor]
    if "allowance" in whole.spec:
        count = len(whole.spec.get("quoted", whole.spec["methods"]))
        lines.append(told("report.allowance", methods=count, allowance=whole.spec["allowance"]))
    if whole.coverage is None:
        lines.append(told("report.coverage_none"))
    else:
        c = whole.coverage
        shares = {"nominal": f"{c.nominal:.0%}", "covered": f"{c.covered:.0%}", "abstained": f"{c.abstained:.0%}"}
        lists, _, size = c.shape.partition(" lists, ")
        shape = say("estimate", lang, "report.shape", {"lists": lists, "size": size}) if size else c.shape
        lines.append(told("report.coverage", **shares, replicates=f"{c.replicates:,}", shape=shape))
    return f'<p class="answer">{says} {more}</p>' + "".join(f"<p>{line}</p>" for line in lines)


def _doubts(whole: Result, lang: str) -> str:
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    found = sorted(whole.cautions, key=lambda caution: order[caution.severity])
    if not found:
        return f"<p>{escape(say('estimate', lang, 'report.no_doubts'))}</p>"
    rows = []
    for code in dict.fromkeys(caution.code for caution in found):
        alike = [caution for caution in found if caution.code is code]
        details = " ".join(caution.says for caution in alike)
        plain = escape(say("estimate", lang, f"caution.{code}"))
        rows.append(
            f'<li class="{alike[0].severity}">{plain} <small dir="ltr">{escape(details)} <code>{code}</code></small></li>'
        )
    return f"<ul>{''.join(rows)}</ul>"


def _rows(results: Sequence[Result], lang: str, *, by_stratum: bool = False) -> str:
    first = "stratum" if by_stratum else "method"
    known = catalogue("estimate", lang)
    heads = "".join(
        f'<th class="{kind}">{escape(known[f"report.{key}"])}</th>'
        for key, kind in ((first, ""), ("status", ""), ("point", "n"), ("interval", "n"))
    )
    rows = []
    for one in results:
        name = (
            " ".join(one.stratum.values()) or known["report.whole"]
            if by_stratum
            else known.get(f"name.{one.method}", one.method)
        )
        head = one.headline
        point, ends = ("–", "–") if head is None else (persons(head[1]), f"{persons(head[0])} – {persons(head[2])}")
        status = escape(known.get(f"status.{one.status}", str(one.status)))
        cells = f'<td>{status}</td><td class="n">{point}</td><td class="n">{ends}</td>'
        rows.append(f"<tr><td>{escape(name)}</td>{cells}</tr>")
    return f'<div class="wide"><table><tr>{heads}</tr>{"".join(rows)}</table></div>'


def _names(lang: str) -> dict[str, str]:
    """Return what methods are called for people, by the name they have in results."""
    known = catalogue("estimate", lang)
    return {key.removeprefix("name."): words for key, words in known.items() if key.startswith("name.")}


def _made(whole: Result, methods: Sequence[Result], lang: str) -> str:
    lines = [f"marsad {__version__}; {whole.method}; seed {whole.seed}; lists: {', '.join(whole.lists)}"]
    lines += [f"table {whole.table_hash}"] if whole.table_hash else []
    lines += [f"{key}: {value}" for key, value in whole.provenance.items()]
    lines += [f"{one.method}: {dict(one.spec)}" for one in (*methods, whole)]
    body = "".join(f"<div><code>{escape(line)}</code></div>" for line in lines)
    return f'<footer><h2>{escape(say("estimate", lang, "report.made"))}</h2><div dir="ltr">{body}</div></footer>'
