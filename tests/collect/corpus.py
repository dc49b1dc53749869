# ruff: noqa: E501 - files are easier to read in whole lines
"""A small file of each kind that is collected, as bytes: what tests of every parser begin with. All of it is invented."""

import io
import json
import zipfile
from email.message import EmailMessage

from made_tables import ACLED, CLASH, RAQQA, UCDP, table

from marsad.collect.how import How
from marsad.collect.mappings import columns_of
from marsad.collect.workbook_written import workbook_bytes

OURS = columns_of(
    {"name": "ours", "columns": {"date": "Day", "place": "Town", "killed": "Dead", "text": "Words"}}, "corpus"
)
_TELEGRAM = {
    "name": "Channel",
    "type": "public_channel",
    "messages": [
        {"id": 1, "type": "service", "date": "2014-11-25T10:00:00", "action": "pin_message", "text": ""},
        {"id": 2, "type": "message", "date": "2014-11-26T01:30:00", "date_unixtime": "1416954600", "from": "C", "text": ["4 قتلى ", {"type": "bold", "text": "x"}]},
    ],
}  # fmt: skip
_PAGE = (
    '<html><title>Exported Data</title><div class="page_wrap"><div class="page_header"><div class="text bold">C</div></div>'
    '<div class="message default clearfix" id="message2"><div class="body"><div class="date details" title="26.11.2014 01:30:00">1</div>'
    '<div class="from_name">S</div><div class="text">4 killed<br>near</div></div></div></div></html>'
)
_CHAT = "26/11/2014, 09:15 - Salem: Three were killed.\nmore\n[26/11/2014, 09:16:07] \u200eHuda: \u200eimage omitted\n٢٦/١١/٢٠١٤، ٩:١٥ ص - س: ٤\n"
_SIGNAL = [{"conversationId": "c", "type": "incoming", "sent_at": 1416954600000, "body": "2 dead", "sourceName": "A"}]
_T4P = [
    {
        "report_date": "2023-12-02",
        "report_source": "mohtel",
        "report_period": 48,
        "killed": 7,
        "killed_cum": 15,
        "ext_killed": 9,
        "ext_killed_cum": 9,
    }
]
_FORM = {
    "count": 1,
    "next": None,
    "results": [{"_uuid": "u", "_submission_time": "2014-11-26T08:00:00", "killed_min": 5, "point": "35.9 39.0 0 0"}],
}


def _archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("chat_txt", "_chat.txt"), text)
    return out.getvalue()


def _letter() -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = "a@b.example", "غارة", "Wed, 26 Nov 2014 01:30:00 +0300"
    made.set_content("Four dead.")
    made.add_alternative("<p>Four <b>dead</b>.</p>", subtype="html")
    made.add_attachment(b"x", maintype="image", subtype="jpeg", filename="p.jpg")
    return bytes(made)


_BODY = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>Three were killed.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>"


def _pdf() -> bytes:
    """Return a PDF of one line; its table of contents is left to the reader to find."""
    drawn = b"BT /F1 18 Tf 40 700 Td (Three people were killed in the harbour.) Tj ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    parts += [b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn), font]
    body = b"".join(b"%d 0 obj%s endobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"


FILES: dict[str, tuple[str, bytes, How]] = {
    "ucdp": (".csv", table(UCDP, RAQQA, RAQQA | {"id": "2"}), How()),
    "ucdp without header": (".csv", table(UCDP, RAQQA, header=False), How()),
    "acled": (".csv", table(ACLED, CLASH, mark=True), How()),
    "hxl": (".csv", b"Place,Dead\n#loc +name,#affected+killed\nTabqa,3\n", How()),
    "t4p": (".json", json.dumps(_T4P).encode(), How()),
    "form": (".json", json.dumps(_FORM).encode(), How()),
    "sheet": (".csv", "Day;Town;Dead;Words\n26.11.2014;الرقة;3-5;Five dead\n".encode(), How(mapping=OURS)),
    "auto-archiver": (".csv", b"Link,Archive status,Upload title,Text content\nhttps://a.example/1,ok,T,Nine dead\n", How()),
    "workbook": (".xlsx", workbook_bytes({"S": [list(UCDP), [RAQQA.get(name, "") for name in UCDP]]}), How()),
    "telegram": (".json", json.dumps(_TELEGRAM, ensure_ascii=False).encode(), How(kind="telegram")),
    "telegram page": (".html", _PAGE.encode(), How(kind="telegram-html")),
    "whatsapp": (".txt", _CHAT.encode(), How(kind="whatsapp")),
    "whatsapp archive": (".zip", _archive(chat_txt=_CHAT), How(kind="whatsapp-zip")),
    "signal": (".json", json.dumps(_SIGNAL).encode(), How(kind="signal")),
    "word file": (".docx", _archive(word__document_xml=_BODY), How()),
    "pdf": (".pdf", _pdf(), How()),
    "letter": (".eml", _letter(), How()),
    "mailbox": (".mbox", b"From a@b Tue Nov 25 10:00:00 2014\n" + _letter() + b"\n\nFrom c@d Tue Nov 25 10:00:00 2014\nSubject: y\n\nTwo dead\n", How()),
}  # fmt: skip
