"""The accounts that a writer holds in memory: those of a chronicle that it has to do with, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vakanuvis.chronicle.matching import THRESHOLD, Features, lookups, score
from vakanuvis.chronicle.merging import Told, told
from vakanuvis.chronicle.records import Account, Origin
from vakanuvis.store.engines import Session
from vakanuvis.store.filters import INTEGERS, NUMBERS

KEPT = 50_000  # accounts kept from one transaction to the next


@dataclass(slots=True)
class Held:
    """An account in memory, and the number of its happening; None for a new one that is not decided yet."""

    account: Account
    features: Features
    happening: int | None


class Accounts(Mapping[int, Held]):
    """Accounts by their number."""

    def __init__(self) -> None:
        self._held: dict[int, Held] = {}

    def __getitem__(self, number: int) -> Held:
        return self._held[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def pivot_of(self, number: int) -> int | None:
        """The pivot of an account's happening; None for a new account."""
        return self._held[number].happening

    def put(self, number: int, account: Account, happening: int | None = None) -> Features:
        """Hold an account; gives its features."""
        features = Features.of(account)
        self._held[number] = Held(account, features, happening)
        return features

    def drop(self, numbers: Iterable[int]) -> None:
        """Forget accounts that are no more."""
        for number in numbers:
            self._held.pop(number, None)

    def shrink(self) -> None:
        """Forget those held longest where there are too many; between two transactions."""
        for number in list(self._held)[: max(0, len(self._held) - KEPT)]:
            del self._held[number]

    def load(self, session: Session, numbers: Iterable[int]) -> None:
        """Hold some accounts of the chronicle."""
        missing = [number for number in set(numbers) if number not in self._held]
        if missing:
            for number, happening, doc in session.rows(
                f"SELECT no, happening, doc FROM account WHERE no IN {INTEGERS}", [missing]
            ):
                self.put(number, Account.from_json(doc), happening)

    def neighbours(self, session: Session, numbers: Iterable[int]) -> dict[int, dict[int, float]]:
        """The accounts that match each of some accounts, with their points."""
        asked: dict[int, list[int]] = {}
        pairs: dict[int, set[int]] = {}
        for number in numbers:
            pairs[number] = set()
            for key in set(lookups(self._held[number].features)):
                asked.setdefault(key, []).append(number)
        if asked:
            for key, other in session.rows(f"SELECT key, account FROM anchor WHERE key IN {NUMBERS}", [list(asked)]):
                for number in asked[key]:
                    pairs[number].add(other)
        self.load(session, {other for them in pairs.values() for other in them})
        found: dict[int, dict[int, float]] = {}
        for number, them in pairs.items():
            mine = self._held[number].features
            points = ((other, score(mine, self._held[other].features)) for other in them)
            found[number] = {other: p for other, p in points if p is not None and p >= THRESHOLD}
        return found

    def tellings(self, session: Session, happenings: Iterable[int], new: Mapping[int, Origin]) -> dict[int, list[Told]]:
        """The tellings of some happenings, by the happening's number.

        Args:
            session: the transaction.
            happenings: the happenings' numbers.
            new: accounts that are decided but not stored yet, with the origins of their reports.
        """
        wanted = list(happenings)
        members: dict[int, dict[int, Origin]] = {}
        for no, happening, key, id_, outlet, language, published, voice in session.rows(
            "SELECT a.no, a.happening, r.key, r.id, r.outlet, r.language, r.published, r.voice "
            f"FROM account a JOIN report r ON r.no = a.report WHERE a.happening IN {INTEGERS}",
            [wanted],
        ):
            members.setdefault(happening, {})[no] = Origin(key, id_, outlet, language, published, str(voice))
        chosen = set(wanted)
        for no, origin in new.items():
            to = self._held[no].happening
            if to in chosen:
                members.setdefault(to, {})[no] = origin
        self.load(session, (no for them in members.values() for no in them))
        return {
            number: told((self._held[no].account for no in them), {origin.key: origin for origin in them.values()})
            for number, them in members.items()
        }  # fmt: skip
