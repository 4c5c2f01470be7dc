"""Invitations, read by Python's `icalendar`; their time zones, by `dateutil`."""

import sys
from datetime import datetime, timezone
from io import StringIO
from pathlib import Path

from dateutil.tz import tzical
from icalendar import Calendar

TEXTS = {
    "SUMMARY": "المجموعة المختلطة الدائمة للهجرة; Groupe Migratoire Mixte Permanent",
    "LOCATION": "Rabat, قاعة الاجتماعات الكبرى بمقر وزارة الداخلية, الطابق الثاني",
    "URL": "https://passerelle.example/meetings/7?lang=fr",
}
AGENDA = "\n\nجدول الأعمال\n1. المصادقة على المحضر\n2. Suivi des engagements, \\ 2025"
NAMES = ["Présidence; co-présidence", 'Dienst "Asiel"\nBrussel^1']


def main(folder):
    request, series = (Path(folder, name).read_bytes() for name in ("request.ics", "series.ics"))
    for data in (request, series):
        check_lines(data)
    check_request(request)
    count = check_clocks(series)
    tried = check_that_it_can_fail(request, series)
    print(f"{count} events are where and when they should be, and none of {tried} altered files")


def check_lines(data):
    lines = data.split(b"\r\n")
    assert lines.pop() == b"", "no line break at the end"
    for line in lines:
        assert b"\n" not in line and b"\r" not in line and len(line) <= 75, line
        line.decode("utf-8")


def check_request(data):
    calendar = Calendar.from_ical(data)
    assert calendar["METHOD"] == "REQUEST" and calendar["VERSION"] == "2.0"
    (event,) = calendar.walk("VEVENT")
    assert not event.errors, event.errors
    for name, text in TEXTS.items():
        assert event[name] == text, (name, event[name])
    assert event["DESCRIPTION"].endswith(AGENDA), event["DESCRIPTION"]
    assert event["SEQUENCE"] == 0
    assert list(event["CATEGORIES"].cats) == ["migration", "santé, travail"], event["CATEGORIES"].cats
    assert event["ORGANIZER"] == "mailto:gmmp@interieur.example"
    assert event["ORGANIZER"].params["CN"] == 'Secrétariat "GMMP"'
    names = [attendee.params["CN"] for attendee in event["ATTENDEE"]]
    assert names == NAMES, names
    assert event["ATTENDEE"][0].params["ROLE"] == "CHAIR"


def check_clocks(data):
    """The clock that a file describes shows each event at the instant that its identifier names.

    The tables of this machine are not asked: they may be older than ours.
    """
    text = data.decode("utf-8")
    zones = tzical(StringIO(text.replace("\r\n ", "")))
    events = Calendar.from_ical(data).walk("VEVENT")
    for event in events:
        _, instant, rest = str(event["UID"]).split("-", 2)
        name = rest.partition("@")[0]
        start = event["DTSTART"]
        assert start.params["TZID"] == name, start.params
        local = start.dt.replace(tzinfo=zones.get(name))
        meant = datetime.fromtimestamp(int(instant), timezone.utc)
        assert local.astimezone(timezone.utc) == meant, (event["UID"], local.isoformat())
    assert len(events) > 0, "no events"
    return len(events)


def check_that_it_can_fail(request, series):
    tried = 0
    changes = [
        (b"^'", b"'"),
        (b"^n", b"n"),
        ("حضر".encode(), b"x"),
        (b"SEQUENCE:0", b"SEQUENCE:1"),
        (b"\\n", b" "),
        (b"METHOD:REQUEST", b"METHOD:REPLY"),
    ]
    for old, new in changes:
        tried += must_fail(check_request, request, old, new)
    for line in series.split(b"\r\n"):
        if line.startswith((b"RDATE:", b"TZOFFSETTO:")):
            tried += must_fail(check_clocks, series, line, b"X-LEFT-OUT:1")
    return tried


def must_fail(check, data, old, new):
    assert old in data, old
    try:
        check(data.replace(old, new, 1))
    except (AssertionError, KeyError, ValueError):
        return 1
    raise SystemExit(f"not noticed: {old!r} became {new!r}")


main(sys.argv[1])
