"""Chats: messages become reports with their day; what the program itself wrote does not. All of it is invented."""

import io
import json
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_claims import found_in, head, reports, words

from marsad.collect.how import How
from marsad.collect.incoming import Incoming
from marsad.collect.whatsapp import whatsapp_messages
from marsad.model import Wrong
from marsad.stage import Rejection

LTR, RTL, NARROW = "\u200e", "\u200f", "\u202f"


def sent(found: list[Incoming]) -> list[tuple[str, str]]:
    """Return day and words of each report."""
    return [(str(item.published), words(item)) for item in found]


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        (
            "Android, day first",
            ["26/11/2014, 09:15 - Salem: Three were killed in the market.", "03/12/2014, 10:00 - Huda: Calm."],
        ),
        (
            "iPhone",
            ["[26/11/2014, 09:15:07] Salem: Three were killed in the market.", "[03/12/2014, 10:00:00] Huda: Calm."],
        ),
        (
            "American",
            [f"11/26/14, 9:15{NARROW}AM - Salem: Three were killed in the market.", "12/3/14, 10:00 AM - Huda: Calm."],
        ),
        ("German", ["26.11.14, 09:15 - Salem: Three were killed in the market.", "03.12.14, 10:00 - Huda: Calm."]),
        (
            "year first",
            ["2014-11-26, 9:15 a.m. - Salem: Three were killed in the market.", "2014-12-03, 10:00 a.m. - Huda: Calm."],
        ),
        (
            "Arabic",
            [
                f"[٢٦{RTL}/١١{RTL}/٢٠١٤، ٩:١٥:٠٧ ص] Salem: Three were killed in the market.",
                f"[٣{RTL}/١٢{RTL}/٢٠١٤، ١٠:٠٠:٠٠ ص] Huda: Calm.",
            ],
        ),
    ],
)
def test_whatsapp_dates(tmp_path: Path, form: str, lines: list[str]) -> None:
    """Every order of day, month and year, two digits of the year or four, either clock, Arabic digits and hidden marks."""
    found = reports(found_in(tmp_path, "WhatsApp Chat with Field team.txt", "\n".join(lines).encode()))
    assert sent(found) == [("2014-11-26", "Three were killed in the market."), ("2014-12-03", "Calm.")], form
    assert {(item.outlet, item.protected) for item in found} == {("Field team", True)}
    assert [head(item)["sender"] for item in found] == ["Salem", "Huda"]


def test_whatsapp_order_told_by_time(tmp_path: Path) -> None:
    """Where no number is above 12, messages stand in the order of time: 1/2, 1/3, 2/1 are American."""
    lines = [f"{date}/24, 10:00 - Salem: Report {date}." for date in ("1/2", "1/3", "1/9", "2/1", "2/2")]
    found = reports(found_in(tmp_path, "chat.txt", "\n".join(lines).encode(), outlet="Team"))
    assert [str(item.published) for item in found] == [
        "2024-01-02",
        "2024-01-03",
        "2024-01-09",
        "2024-02-01",
        "2024-02-02",
    ]


def test_whatsapp_lines_of_the_program(tmp_path: Path) -> None:
    """Who joined, what was deleted, pictures without words: no reports. A caption, several lines, an edit: reports."""
    text = "\n".join(
        [
            "25/11/2014, 08:00 - Messages and calls are end-to-end encrypted. Only people in this chat can read them.",
            '25/11/2014, 08:01 - Salem changed the subject from "Old: name" to "New"',
            "25/11/2014, 08:02 - Salem added Huda",
            "25/11/2014, 08:03 - Salem: <Media omitted>",
            "25/11/2014, 08:04 - Salem: This message was deleted",
            f"25/11/2014, 08:05 - Huda: {LTR}IMG-0001.jpg (file attached)",
            "Smoke over the bakery",
            "25/11/2014, 08:06 - Huda: Raid on the bakery:",
            "",
            "- 4 killed",
            "26/11/2014 is tomorrow <This message was edited>",
        ]
    )
    found = reports(found_in(tmp_path, "chat.txt", text.encode(), outlet="Team"))
    assert [words(item) for item in found] == [
        "Smoke over the bakery",
        "Raid on the bakery:\n\n- 4 killed\n26/11/2014 is tomorrow",
    ]
    assert head(found[0])["media"] == "IMG-0001.jpg (file attached)"
    assert head(found[1])["edited"] == "yes"


def test_whatsapp_iphone_marks(tmp_path: Path) -> None:
    """What an iPhone's program says in somebody's name begins with a mark; marks inside words stay, as received."""
    text = (
        f"[26/11/2014, 09:15:07] Team: {LTR}Messages are end-to-end encrypted\n"
        f"{LTR}[26/11/2014, 09:16:07] ~ Salem: {LTR}image omitted\n"
        f"[26/11/2014, 09:17:07] ~{NARROW}Salem: قتل {RTL}4{RTL} في الغارة\n"
    )
    found = reports(found_in(tmp_path, "chat.txt", text.encode(), outlet="Team"))
    assert [words(item) for item in found] == [f"قتل {RTL}4{RTL} في الغارة"]
    assert head(found[0])["sender"] == "Salem"


def test_whatsapp_archive(tmp_path: Path) -> None:
    """An archive with pictures: its text is read, the chat's name is the archive's, the archive is the original."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("00000001-PHOTO.jpg", b"\xff\xd8 no picture")
        archive.writestr(
            "_chat.txt", "[26/11/2014, 09:15:07] Salem: Two dead\n[26/11/2014, 09:16:07] Huda: Three dead\n"
        )
    found = reports(found_in(tmp_path, "WhatsApp Chat - Field team.zip", out.getvalue()))
    assert [(item.outlet, words(item)) for item in found] == [("Field team", "Two dead"), ("Field team", "Three dead")]
    assert {item.original.evidence.media_type for item in found if item.original} == {"application/zip"}


def test_plain_text_is_no_chat(tmp_path: Path) -> None:
    """A text in which a date stands is a text."""
    [item] = reports(
        found_in(tmp_path, "a.txt", b"26/11/2014, 09:15 - a raid.\nThree were killed.\nOthers fled.\n", outlet="X")
    )
    assert item.original is None


MESSAGES = [
    {"id": 1, "type": "service", "date": "2014-11-25T10:00:00", "actor": "Ops", "action": "create_channel", "text": ""},
    {
        "id": 2,
        "type": "message",
        "date": "2014-11-26T01:30:00",
        "date_unixtime": "1416954600",
        "from": "Harbour News",
        "from_id": "channel1",
        "forwarded_from": "Another Channel",
        "edited": "2014-11-26T02:00:00",
        "edited_unixtime": "1416956400",
        "photo": "photos/photo_1.jpg",
        "text": [
            "Raid on ",
            {"type": "bold", "text": "the harbour"},
            ": 4 killed ",
            {"type": "link", "text": "https://x.example"},
        ],
    },
    {
        "id": 3,
        "type": "message",
        "date": "2014-11-26T02:00:00",
        "date_unixtime": "1416956400",
        "from": "Harbour News",
        "text": "",
    },
    {
        "id": 4,
        "type": "message",
        "date": "2014-11-27T02:00:00",
        "from": "Harbour News",
        "text": "مقتل 5 أشخاص",
        "reply_to_message_id": 2,
    },
]


def test_telegram_json(tmp_path: Path) -> None:
    """Text in pieces is joined, a forward and an edit are noted, service messages and pictures without words are left out."""
    data = {"name": "Harbour News", "type": "public_channel", "id": 1, "messages": MESSAGES}
    found = reports(found_in(tmp_path, "result.json", json.dumps(data).encode()))
    assert sent(found) == [
        ("2014-11-26", "Raid on the harbour: 4 killed https://x.example"),
        ("2014-11-27", "مقتل 5 أشخاص"),
    ]
    first = head(found[0])
    assert (first["forwarded_from"], first["edited"], first["media"]) == (
        "Another Channel",
        "2014-11-26T02:00:00",
        "photos/photo_1.jpg",
    )
    assert (found[0].outlet, found[0].protected) == ("Harbour News", False)


def test_telegram_days_in_a_zone(tmp_path: Path) -> None:
    """Half past one at night in Damascus is still the day before in UTC: the zone that is given decides."""
    data = json.dumps(
        {"name": "N", "type": "private_group", "messages": [MESSAGES[1] | {"date_unixtime": "1416954600"}]}
    ).encode()
    days = []
    for zone in ("UTC", "Asia/Damascus"):
        [item] = reports(found_in(tmp_path, "result.json", data, how=How(zone=ZoneInfo(zone))))
        days.append(str(item.published))
        assert item.protected
    assert days == ["2014-11-25", "2014-11-26"]


def test_telegram_whole_account(tmp_path: Path) -> None:
    """An export of an account has a list of chats, each with its name."""
    chats = [{"name": name, "type": "personal_chat", "id": n, "messages": MESSAGES[3:]} for n, name in enumerate("AB")]
    data = {"about": "x", "chats": {"about": "y", "list": chats}, "left_chats": {"list": []}}
    found = reports(found_in(tmp_path, "result.json", json.dumps(data).encode(), how=How(kind="telegram")))
    assert [item.outlet for item in found] == ["A", "B"]


PAGE = """<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold"> Harbour News </div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details"> 25 November 2014 </div></div>
<div class="message default clearfix" id="message2"><div class="pull_left userpic_wrap"><div class="initials">H</div></div>
<div class="body"><div class="pull_right date details" title="26.11.2014 01:30:00 UTC+02:00">01:30</div>
<div class="from_name"> Salem </div><div class="text"> Raid on the harbour:<br>4 killed &amp; 2 hurt </div></div></div>
<div class="message default clearfix joined" id="message3"><div class="body">
<div class="pull_right date details" title="26.11.2014 01:31:00">01:31</div>
<div class="forwarded body"><div class="from_name">Another Channel
<span class="date details" title="25.11.2014 23:00:00"> 25.11.2014</span></div>
<div class="text">5 killed</div></div></div></div>
<div class="message default clearfix" id="message4"><div class="body">
<div class="pull_right date details" title="26.11.2014 02:00:00">x</div>
<div class="from_name">Huda</div><div class="media_wrap clearfix"><a class="photo_wrap" href="photos/1.jpg"></a></div></div></div>
</div></div></div></body></html>"""


def test_telegram_html(tmp_path: Path) -> None:
    """The same from the page: line breaks, a message that goes on without a name, a forward with its own date."""
    found = reports(found_in(tmp_path, "messages.html", PAGE.encode()))
    assert sent(found) == [("2014-11-26", "Raid on the harbour:\n4 killed & 2 hurt"), ("2014-11-26", "5 killed")]
    assert [head(item)["sender"] for item in found] == ["Salem", "Salem"]
    assert head(found[1])["forwarded_from"] == "Another Channel"
    assert {item.outlet for item in found} == {"Harbour News"}


def test_signal_messages(tmp_path: Path) -> None:
    """Milliseconds, what was said and who; changes of keys and deleted messages are no reports."""
    rows = [
        {
            "conversationId": "c",
            "type": "incoming",
            "sent_at": 1416954600000,
            "body": "2 dead",
            "source": "+000",
            "attachments": [{}],
        },
        {"conversationId": "c", "type": "keychange", "sent_at": 1416954600000, "body": "x"},
        {
            "conversationId": "c",
            "type": "incoming",
            "sent_at": 1416954600000,
            "body": "gone",
            "deletedForEveryone": True,
        },
        {"conversationId": "c", "type": "outgoing", "sent_at": 1416954600000, "body": None},
    ]
    found = reports(found_in(tmp_path, "chat.json", json.dumps(rows).encode(), outlet="Team"))
    assert sent(found) == [("2014-11-25", "2 dead")]
    assert head(found[0])["media"] == "1 attached"


def test_a_chat_without_a_name(tmp_path: Path) -> None:
    """Nobody guesses which chat it is."""
    with pytest.raises(Wrong, match="which chat"):
        found_in(tmp_path, "chat.txt", b"26/11/2014, 09:15 - Salem: Two dead\n26/11/2014, 09:16 - Huda: Three\n")


def test_one_bad_message(tmp_path: Path) -> None:
    """A message without a date is one rejection; a file that breaks off is refused behind what came before."""
    good = MESSAGES[3]
    data = {
        "name": "N",
        "type": "public_channel",
        "messages": [good, {"id": 9, "type": "message", "text": "x"}, 7, good | {"id": 10, "text": "y"}],
    }
    found = found_in(tmp_path, "result.json", json.dumps(data).encode(), how=How(kind="telegram"))
    assert [isinstance(item, Rejection) for item in found] == [False, True, True, False]
    broken = found_in(tmp_path, "result.json", json.dumps(data).encode()[:-40], how=How(kind="telegram"))
    assert [isinstance(item, Rejection) for item in broken] == [False, True, True, True]


def test_the_same_message_in_a_later_export(tmp_path: Path) -> None:
    """An export of next week has this week's messages under the same keys, whatever their numbers of lines."""
    [one] = reports(
        found_in(tmp_path, "a.txt", b"26/11/2014, 09:15 - Salem: Two dead\n", how=How(kind="whatsapp"), outlet="T")
    )
    text = b"25/11/2014, 09:15 - Huda: Hello\n26/11/2014, 09:15 - Salem: Two dead\n"
    [_, again] = reports(found_in(tmp_path, "b.txt", text, how=How(kind="whatsapp"), outlet="T"))
    assert one.key == again.key


@given(st.lists(st.text(alphabet="0123456789/:,-[] \nSalem: \u200e\u200f٢،", max_size=80)))
def test_whatsapp_takes_anything(lines: list[str]) -> None:
    """No text breaks the reading of chats, and every word of a report stands in the text."""
    for message in whatsapp_messages(lines):
        assert all(part in "\n".join(lines) for part in message.text.split("\n"))


def test_a_message_of_null_characters_is_none(tmp_path: Path) -> None:
    """A message in which nothing is left once null characters are gone has no words: no report is made of it."""
    text = b"26/11/2014, 09:15 - Salem: \0\0 \0\n26/11/2014, 09:16 - Salem: Two \0dead\n"
    found = reports(found_in(tmp_path, "a.txt", text, how=How(kind="whatsapp"), outlet="T"))
    assert sent(found) == [("2014-11-26", "Two dead")]
