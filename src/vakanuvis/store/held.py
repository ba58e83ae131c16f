"""The accounts that a writer holds in memory: those of a chronicle that it has to do with, and no more."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from vakanuvis.chronicle.matching import THRESHOLD, Features, lookups, score
from vakanuvis.chronicle.merging import Told, told
from vakanuvis.chronicle.records import Account, Origin
from vakanuvis.store.engines import Session
from vakanuvis.store.filters import INTEGERS, NUMBERS

PIVOTS, MEMBERS = "pivot_anchor", "anchor"
"""The tables in which accounts are filed under their anchors: the pivots, of whom there are few, and the others."""
KEPT = 50_000  # accounts kept from one transaction to the next


@dataclass(slots=True)
class Held:
    """An account in memory, and the number of its happening; None for a new one that is not decided yet."""

    account: Account
    happening: int | None
    _features: Features | None = None

    @property
    def features(self) -> Features:
        """The account as matching sees it; made when first asked for, as most are only told on."""
        if self._features is None:
            self._features = Features.of(self.account)
        return self._features


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

    def put(self, number: int, account: Account, happening: int | None = None) -> None:
        """Hold an account."""
        self._held[number] = Held(account, happening)

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


class Around:
    """Who matches accounts of a chronicle and the new ones of one transaction, as `matching.settle` asks for it.

    Args:
        session: the transaction.
        accounts: where accounts are held.
        new: the accounts that are not stored yet, with their anchors.
    """

    def __init__(self, session: Session, accounts: Accounts, new: Mapping[int, Iterable[int]]) -> None:
        self._session, self._accounts = session, accounts
        self._new: dict[int, list[int]] = {}
        for number, keys in new.items():
            for key in keys:
                self._new.setdefault(key, []).append(number)
        self._pivots: dict[int, set[int]] = {}  # that share an anchor with an account
        self._all: dict[int, set[int]] = {}

    def pivot_of(self, number: int) -> int | None:
        """The pivot of an account's happening; None for a new account."""
        return self._accounts[number].happening

    def rank(self, number: int) -> tuple[int, int]:
        """An account's rank."""
        return self._accounts[number].features.rank

    def pivots(self, numbers: Collection[int]) -> dict[int, dict[int, float]]:
        """For each of some accounts, the stored pivots that it matches, with the points."""
        found = self._filed(PIVOTS, self._lookups(numbers))
        self._pivots.update(found)
        self._accounts.load(self._session, {other for them in found.values() for other in them})
        return {
            number: {other: points for other in them if (points := self._points(number, other)) >= THRESHOLD}
            for number, them in found.items()
        }

    def prepare(self, numbers: Collection[int]) -> None:
        """Read at once what `around` needs for some accounts."""
        wanted = self._lookups(numbers)
        for number, them in self._filed(MEMBERS, wanted).items():
            new = (other for key in wanted[number] for other in self._new.get(key, ()))
            self._all[number] = {*self._pivots[number], *them, *new} - {number}
        self._accounts.load(self._session, {other for number in numbers for other in self._all[number]})

    def around(self, number: int) -> dict[int, float]:
        """All accounts that match one, stored or new."""
        if number not in self._all:
            self.prepare([number])
        them = self._all[number]
        return {other: points for other in them if (points := self._points(other, number)) >= THRESHOLD}

    def points(self, pairs: Collection[tuple[int, int]]) -> dict[int, float]:
        """For accounts, each with its stored pivot, the points between the two."""
        self._accounts.load(self._session, {number for pair in pairs for number in pair})
        return {number: self._points(number, pivot) for number, pivot in pairs}

    def _points(self, number: int, pivot: int) -> float:
        points = score(self._accounts[number].features, self._accounts[pivot].features)
        return -math.inf if points is None else points

    def _lookups(self, numbers: Collection[int]) -> dict[int, set[int]]:
        self._accounts.load(self._session, numbers)
        return {number: set(lookups(self._accounts[number].features)) for number in numbers}

    def _filed(self, table: str, wanted: Mapping[int, Iterable[int]]) -> dict[int, set[int]]:
        """Of each account the stored ones that are filed under what it looks up."""
        asked: dict[int, list[int]] = {}
        for number, keys in wanted.items():
            for key in keys:
                asked.setdefault(key, []).append(number)
        found: dict[int, set[int]] = {number: set() for number in wanted}
        if asked:
            sql = f"SELECT key, account FROM {table} WHERE key IN {NUMBERS}"
            for key, other in self._session.rows(sql, [list(asked)]):
                for number in asked[key]:
                    found[number].add(other)
        for number in found:
            found[number].discard(number)
        return found
