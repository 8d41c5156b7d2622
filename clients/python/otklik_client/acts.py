"""Small acts of tickets and cards, by name."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from otklik_client.calls import Calls, Read
from otklik_client.shapes import (
    Appeal,
    Block,
    ContactKey,
    Draft,
    HeldAnswer,
    Incident,
    KnownProblem,
    Layout,
    OpenerLine,
    Panel,
    PanelHere,
    PanelSecret,
    PanelShown,
    PanelTrial,
    StillTrue,
    Ticket,
    WayOut,
)


class OfTickets(Calls):
    """What one does with a ticket beside answering it; each is done once."""

    def _on(self, number: int, what: str, body: Mapping[str, Any] | None = None, *, tag: str, key: str) -> Ticket:
        return cast(Ticket, self.change(f"tickets/{number}/{what}", body, tag=tag, key=key))

    def take_next(self, *, key: str = "") -> Ticket:
        """The ticket whose turn it is, for the person of the token.  Raises Conflict where nobody waits."""
        return cast(Ticket, self.change("tickets/next/take", key=key))

    def close(self, number: int, reason: str, *, tag: str = "", key: str = "") -> Ticket:
        """End it without an answer: `no_answer`, `spam` or `duplicate`."""
        return self._on(number, "close", {"reason": reason}, tag=tag, key=key)

    def reopen(self, number: int, *, tag: str = "", key: str = "") -> Ticket:
        return self._on(number, "reopen", tag=tag, key=key)

    def take_message_back(self, number: int, message: int, *, tag: str = "", key: str = "") -> Ticket:
        """An answer of one's own that has not left is a draft again.  Raises Conflict for another one."""
        return self._on(number, f"messages/{message}/take-back", tag=tag, key=key)

    def send_again(self, number: int, message: int, *, tag: str = "", key: str = "") -> Ticket:
        """The same letter once more, which did not arrive, or of which nobody knows."""
        return self._on(number, f"messages/{message}/again", tag=tag, key=key)

    def arrived(self, number: int, message: int, *, tag: str = "", key: str = "") -> Ticket:
        """Somebody knows that a letter of uncertain fate arrived."""
        return self._on(number, f"messages/{message}/arrived", tag=tag, key=key)

    def settle_participant(self, number: int, address: str, *, let_in: bool, tag: str = "", key: str = "") -> Ticket:
        """Somebody beside the client gets the next answer, or is kept out of the talk."""
        return self._on(number, "participants", {"address": address, "let_in": let_in}, tag=tag, key=key)

    def write_call_down(
        self, number: int, result: str, *, minutes: int, tag: str = "", key: str = "", **more: Any
    ) -> Ticket:
        """A call that no exchange told of: `answered`, `promised` (`until`), `passed_on`, `no_one` or `wrong`."""
        return self._on(number, "calls", {"result": result, "minutes": minutes, **more}, tag=tag, key=key)

    def say_whose_it_is(self, number: int, message: int, client: str, *, tag: str = "", key: str = "") -> Ticket:
        """Of a letter that was passed on: the client is its `author`, or its `sender` after all."""
        return self._on(number, f"messages/{message}/client", {"client": client}, tag=tag, key=key)

    def answer_invitation(self, number: int, message: int, answer: str, *, tag: str = "", key: str = "") -> Ticket:
        """`accepted`, `tentative` or `declined`; the organiser gets it as calendars read it."""
        return self._on(number, f"messages/{message}/invitation", {"answer": answer}, tag=tag, key=key)

    def ways_out(self, number: int) -> list[WayOut]:
        """From where the person may answer; `via=` of an answer names another address than the usual one."""
        return cast(list[WayOut], self.read(f"tickets/{number}/channels").value)

    def apologise(self, number: int, *, key: str = "") -> Draft:
        """Begin the letter about a missed date, as a draft of the person.  Raises Conflict where none was missed."""
        return cast(Draft, self.change(f"tickets/{number}/apologise", key=key))

    # -- answers that a curator reads first

    def releases(self) -> Iterator[HeldAnswer]:
        """What the person may release, the soonest due first."""
        return self.each("releases")

    def release(self, pk: int, *, text: str = "", seen: int | None = None, words: str = "", key: str = "") -> int:
        """It leaves in the name of its author, as written or as `text` says; answers with the number of the ticket."""
        body: dict[str, Any] = {"words": words, **({"text": text} if text else {})}
        told = self.change(f"releases/{pk}/release", body | ({"seen": seen} if seen else {}), key=key)
        return cast(int, told["ticket"])

    def return_answer(self, pk: int, words: str, *, key: str = "") -> int:
        """Its author reads why and has the text as a draft again."""
        return cast(int, self.change(f"releases/{pk}/return", {"words": words}, key=key)["ticket"])

    def withdraw_answer(self, number: int, *, tag: str = "", key: str = "") -> Ticket:
        """Nobody releases it any more."""
        return self._on(number, "release/withdraw", tag=tag, key=key)

    # -- appeals against refusals

    def appeal(self, number: int, text: str = "", *, tag: str = "", key: str = "") -> Ticket:
        """The client does not agree; without a text what they wrote last since the refusal."""
        return self._on(number, "appeal", {"text": text}, tag=tag, key=key)

    def appeals(self) -> Iterator[Appeal]:
        """Those on which the person may decide, the soonest due first."""
        return self.each("appeals")

    def grant_appeal(self, pk: int, words: str, until: str, *, aside: str = "", key: str = "") -> int:
        """The refusal is taken back: a date is promised, or the ticket put aside for what `aside` says."""
        body = {"words": words, "until": until, "next": "aside" if aside else "promise", "what": aside}
        return cast(int, self.change(f"appeals/{pk}/grant", body, key=key)["ticket"])

    def uphold_appeal(self, pk: int, words: str, *, key: str = "") -> int:
        """The refusal stands; the client reads why."""
        return cast(int, self.change(f"appeals/{pk}/uphold", {"words": words}, key=key)["ticket"])

    # -- what is behind many tickets

    def problems(self, *, over: bool = False) -> Iterator[KnownProblem]:
        """Those to which tickets may belong; `over`: the others."""
        return self.each("problems", over="true" if over else "")

    def problem(self, pk: int) -> KnownProblem:
        return cast(KnownProblem, self.read(f"problems/{pk}").value)

    def incidents(self, *, closed: bool = False) -> Iterator[Incident]:
        """Those of which tickets may be a part; `closed`: the others."""
        return self.each("incidents", closed="true" if closed else "")

    def incident(self, pk: int) -> Incident:
        return cast(Incident, self.read(f"incidents/{pk}").value)


class OfCards(Calls):
    """How sure the desk is of a card, how an answer may begin, by which keys signed letters are known."""

    def openers(self, pk: int, *, ticket: int | None = None) -> list[OpenerLine]:
        """Lines with which an answer to this person may begin now, the most telling first."""
        return cast(list[OpenerLine], self.read(f"contacts/{pk}/openers", ticket=ticket).value)

    def take_opener(self, pk: int, line: int, *, ticket: int | None = None, key: str = "") -> OpenerLine:
        """The next time another one is offered.  Raises Conflict where it does not fit any more."""
        return cast(OpenerLine, self.change(f"contacts/{pk}/openers/{line}/take", {"ticket": ticket}, key=key))

    def still_true(self, pk: int) -> StillTrue:
        return cast(StillTrue, self.read(f"contacts/{pk}/still-true").value)

    def say_still_true(self, pk: int, facts: Collection[str], seen: str, *, key: str = "") -> StillTrue:
        """The person of the token made sure of these.  Raises Conflict where the card says something else by now."""
        told = self.change(f"contacts/{pk}/still-true", {"facts": list(facts), "seen": seen}, key=key)
        return cast(StillTrue, told)

    def contact_keys(self, pk: int) -> Iterator[ContactKey]:
        return self.each(f"contacts/{pk}/keys")

    def add_contact_key(self, pk: int, armored: str, *, key: str = "") -> ContactKey:
        """A public OpenPGP key in its text form."""
        return cast(ContactKey, self.change(f"contacts/{pk}/keys", {"key": armored}, key=key))

    def remove_contact_key(self, pk: int, number: int, *, key: str = "") -> list[ContactKey]:
        """Answers with those that are left."""
        return cast(list[ContactKey], self.change(f"contacts/{pk}/keys/{number}/remove", key=key))

    # -- what other programs know

    def panels_at(self, place: str) -> list[PanelHere]:
        """Data panels that stand at `tickets/12`, `contacts/5` or `organisations/7` for the person."""
        return cast(list[PanelHere], self.read(f"{place}/panels").value)

    def panel_at(self, place: str, pk: int, *, again: bool = False) -> PanelShown:
        """What it tells there; `again` asks its program anew."""
        read = self.read(f"{place}/panels/{pk}", again="true" if again else "")
        return cast(PanelShown, read.value)


class OfSettings(Calls):
    """What an administrator keeps: layouts of the page of a ticket, and data panels."""

    def layouts(self) -> Iterator[Layout]:
        """Of each kind of ticket."""
        return self.each("layouts")

    def layout(self, kind: str) -> Read[Layout]:
        read = self.read(f"layouts/{kind}")
        return Read(cast(Layout, read.value), read.tag)

    def layout_blocks(self) -> Iterator[Block]:
        """What a layout is made of."""
        return self.each("layouts/blocks")

    def lay_out(self, kind: str, *, tag: str = "", **layout: Collection[str]) -> Layout:
        """`order`, `folded` and `hidden`; nothing of them is the layout as it is delivered."""
        body = {name: list(codes) for name, codes in layout.items()}
        return cast(Layout, self.change(f"layouts/{kind}", body, method="PUT", tag=tag))

    def panels(self) -> Iterator[Panel]:
        return self.each("panels")

    def panel(self, pk: int) -> Read[Panel]:
        read = self.read(f"panels/{pk}")
        return Read(cast(Panel, read.value), read.tag)

    def create_panel(self, name: str, url: str, *, key: str = "", **more: Any) -> PanelSecret:
        """Its secret is told here and never again."""
        return cast(PanelSecret, self.change("panels", {"name": name, "url": url, **more}, key=key))

    def replace_panel(self, pk: int, name: str, url: str, *, tag: str = "", **more: Any) -> Panel:
        """The whole panel: what is not named is as in a new one."""
        body = {"name": name, "url": url, **more}
        return cast(Panel, self.change(f"panels/{pk}", body, method="PUT", tag=tag))

    def renew_panel_secret(self, pk: int, *, key: str = "") -> PanelSecret:
        return cast(PanelSecret, self.change(f"panels/{pk}/secret", key=key))

    def try_panel(self, pk: int, ticket: int) -> PanelTrial:
        """Ask its program about one ticket, whatever it did before."""
        return cast(PanelTrial, self.change(f"panels/{pk}/test", {"ticket": ticket}))

    def remove_panel(self, pk: int, *, tag: str = "", key: str = "") -> list[Panel]:
        """Answers with those that are left."""
        return cast(list[Panel], self.change(f"panels/{pk}/remove", tag=tag, key=key))
