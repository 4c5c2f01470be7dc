"""The vectors of the joint group, judged by a second implementation of the firm-offer rule.

Written from docs/protocol-group.md (sections 2, 4, 6 and 7) and nothing else.
"""

import hashlib
import itertools
import json
import sys
from pathlib import Path

REVISION = b"passerelle group revision 1\0"
SEALED = b"passerelle sealed assessment 1\0"
ANSWERS = ("accept", "reject", "withdraw", "release")


def main(path):
    vectors = json.loads(Path(path).read_text("utf-8"))
    check_spelling(vectors)
    check_hashes(vectors)
    readings = check_outcome(vectors)
    tried = check_that_it_can_fail(vectors)
    print(f"{len(vectors['events'])} events give the same in {readings} orders of reading, "
          f"and {tried} altered stories do not")


def spelt(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def check_spelling(vectors):
    for event in vectors["events"]:
        assert spelt(json.loads(event["json"])) == event["json"], event["json"]


def check_hashes(vectors):
    for revision in vectors["revisions"]:
        assert hash_of(json.loads(revision["json"])) == revision["hash"], revision
    sealed = vectors["sealed"]
    data = SEALED + bytes.fromhex(sealed["salt"]) + sealed["assessment"].encode()
    assert hashlib.sha256(data).hexdigest() == sealed["digest"]


def hash_of(revision):
    return hashlib.sha256(REVISION + spelt(revision).encode()).hexdigest()


class Deed:
    """One deed with its stamp."""

    def __init__(self, event, place, content):
        self.party, self.index, self.record = event["by"], event["index"], event["record"]
        self.place, self.content = place, content
        self.seen = event["event"]["seen"]

    def knows(self, other):
        if self.party == other.party:
            return (other.index, other.place) < (self.index, self.place)
        return other.index < self.seen.get(other.party, 0)

    def crosses(self, other):
        return not self.knows(other) and not other.knows(self)


class Offer:
    """An offer and the deeds on it that count."""

    def __init__(self, deed):
        self.deed = deed
        self.base = deed.content["revision"].get("base")
        self.hash = hash_of(deed.content["revision"])
        self.on = {word: [] for word in ANSWERS}

    def signature(self, party):
        signed = [self.deed] + self.on["accept"]
        return next((deed for deed in signed if deed.party == party), None)


class Object:
    """Offers of one object, and what was said against the rule."""

    def __init__(self, kind, order):
        self.kind, self.order = kind, order
        self.offers, self.ignored, self.breaches = [], [], []

    def standing(self, offer, known):
        accepted = {deed.party for deed in offer.on["accept"] if known(deed)}
        if set(self.order) <= accepted | {offer.deed.party}:
            return "agreed"
        if any(known(deed) for deed in offer.on["reject"]):
            return "rejected"
        if any(known(deed) for deed in offer.on["release"]):
            return "released"
        rank = self.order.index
        for other in self.offers:
            if (known(other.deed) and other.base == offer.base
                    and other.deed.crosses(offer.deed)
                    and rank(other.deed.party) < rank(offer.deed.party)):
                return "void"
        return "open"

    def agreed(self, known):
        chain, base = [], None
        while True:
            following = [offer for offer in self.offers if offer.base == base
                         and known(offer.deed) and self.standing(offer, known) == "agreed"]
            if not following:
                return chain
            base = following[0].hash
            chain.append(base)

    def open_for(self, offer, deed):
        return deed.knows(offer.deed) and self.standing(offer, deed.knows) == "open"

    def take(self, deed):
        word = deed.content["do"]
        code = None
        if word == "offer":
            code = self.offer(deed)
        elif word in ANSWERS:
            code = self.answer(deed, word)
        if code:
            self.ignored.append([deed.record, code])

    def offer(self, deed):
        offer = Offer(deed)
        chain = self.agreed(deed.knows)
        if offer.base != (chain[-1] if chain else None):
            return "E_BASE"
        for other in self.offers:
            if self.open_for(other, deed):
                first = other.signature(deed.party)
                if first:
                    self.breaches.append([first.record, deed.record])
                return "E_OFFER_OPEN"
        self.offers.append(offer)
        return None

    def answer(self, deed, word):
        of_it = [offer for offer in self.offers if offer.hash == deed.content["revision"]]
        known = [offer for offer in of_it if deed.knows(offer.deed)]
        still = [offer for offer in known if self.open_for(offer, deed)]
        code = "E_NOT_OPEN" if known else "E_NOT_OFFERED"
        if still:
            code = self.possible(still[0], deed, word)
        if code is None:
            still[0].on[word].append(deed)
        elif word != "withdraw" and code in ("E_NOT_OFFERED", "E_NOT_OPEN", "E_AGAIN"):
            self.contradicted(of_it, deed, word == "accept")
        return code

    def possible(self, offer, deed, word):
        mine = offer.deed.party == deed.party
        if mine != (word == "withdraw"):
            return "E_NOT_THEIRS"
        if offer.on["withdraw"] if mine else offer.signature(deed.party):
            return "E_AGAIN"
        if word == "release" and not any(map(deed.knows, offer.on["withdraw"])):
            return "E_TOO_EARLY"
        return None

    def contradicted(self, of_it, deed, accepts):
        said = [(other.index, other.place, word == "accept", other)
                for offer in of_it for word in ("accept", "reject", "release")
                for other in offer.on[word]
                if other.party == deed.party and deed.knows(other)]
        first = None
        if said:
            _, _, accepted, last = max(said, key=lambda one: one[:2])
            first = last if accepted != accepts else None
        elif accepts and of_it:
            siblings = [offer for offer in self.offers if offer.hash != of_it[0].hash
                        and offer.base == of_it[0].base and self.open_for(offer, deed)]
            signed = [offer.signature(deed.party) for offer in siblings]
            first = next((one for one in signed if one and deed.knows(one)), None)
        if first:
            self.breaches.append([first.record, deed.record])


def settle(vectors, first):
    """Reads one journal before the others; events wait for what their authors had seen."""
    parties = sorted(vectors["parties"], key=lambda party: party != first)
    waiting = {party: [] for party in parties}
    for event in vectors["events"]:
        waiting[event["by"]].append(dict(event, event=json.loads(event["json"])))
    objects, settled = {}, True
    while settled:
        settled = False
        for party in parties:
            if waiting[party] and ready(waiting[party][0], waiting):
                take(waiting[party].pop(0), objects, vectors["parties"])
                settled = True
                break
    assert not any(waiting.values()), "events wait for what never comes"
    return objects


def ready(event, waiting):
    return all(not rest or event["event"]["seen"].get(party, 0) <= rest[0]["index"]
               for party, rest in waiting.items() if party != event["by"])


def take(event, objects, parties):
    name = event["event"].get("object") or f"{event['by']}~{event['record']}"
    for place, content in enumerate(event["event"]["deeds"]):
        if content["do"] == "open":
            chair = content["chair"]
            order = [chair] + [party for party in parties if party != chair]
            objects[name] = Object(content["kind"], order)
        objects[name].take(Deed(event, place, content))


def shown(item):
    everything = lambda deed: True
    offers = [[offer.deed.record, offer.hash, item.standing(offer, everything)]
              for offer in item.offers]
    return {"kind": item.kind, "offers": sorted(offers), "agreed": item.agreed(everything),
            "ignored": item.ignored, "breaches": item.breaches}


def outcome(vectors, first):
    return {name: shown(item) for name, item in settle(vectors, first).items()}


def check_outcome(vectors):
    held = vectors["objects"]["held"]
    for first in vectors["parties"]:
        assert outcome(vectors, first) == held, (first, outcome(vectors, first))
    return len(vectors["parties"])


def check_that_it_can_fail(vectors):
    """A story in which one event had seen nothing, or everything, ends otherwise."""
    tried = 0
    for number, everything in itertools.product(range(len(vectors["events"])), (False, True)):
        altered = json.loads(json.dumps(vectors))
        event = altered["events"][number]
        said = json.loads(event["json"])
        if not said.get("object"):
            continue
        seen = 0 if not everything else 1 << 20
        said["seen"] = {party: seen for party in said["seen"]}
        event["json"] = spelt(said)
        try:
            same = outcome(altered, altered["parties"][0]) == vectors["objects"]["held"]
        except (AssertionError, KeyError):
            same = False
        tried += not same
    assert tried >= 8, tried
    return tried


if __name__ == "__main__":
    main(sys.argv[1])
