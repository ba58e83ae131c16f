"""From spans and their scores to the mentions and events of a reading."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from vakanuvis.extraction.decode import Span
from vakanuvis.extraction.labels import CONTEXTS, EVENT_TYPES, MODES, ROLES, SPAN_TYPES, STATUSES
from vakanuvis.extraction.tokens import Words
from vakanuvis.extraction.willing import only_willing
from vakanuvis.records import Event, Mention

Array = npt.NDArray[np.float32]
_DETERMINERS = frozenset(
    ("bu", "şu", "o", "this", "that", "these", "those", "the", "a", "an", "هذا", "هذه", "ذلك", "تلك")
)
_MODE_TYPE = np.array([EVENT_TYPES.index(code) for code, _ in MODES])
_TIME, _TIME_ROLE = SPAN_TYPES.index("TIME"), ROLES.index("time")


@dataclass(frozen=True, slots=True)
class Settings:
    """What training chose on the development part (model.json).

    Attributes:
        outside_bias: see `decode.decode`.
        roles: least probability of each role, in the order of `labels.ROLES`.
        type_weight: how much the second opinion on a trigger's type counts, against 1 for the tagger's.
        context, valid: least probability of a context, and of a trigger's being an event at all.
        mention_confidence: weight and bias of Platt scaling (Platt, 1999) of a mention's log odds.
        event_confidence: weights of the log odds of the trigger's span and of its being an event at all, and bias.
        bare: least confidence of an event of which nothing else is found, neither who nor where nor when.
    """

    outside_bias: float = 0.0
    roles: tuple[float, ...] = (0.5,) * len(ROLES)
    type_weight: float = 1.0
    context: float = 0.4
    valid: float = 0.0
    mention_confidence: tuple[float, float] = (1.0, 0.0)
    event_confidence: tuple[float, float, float] = (1.0, 0.0, 0.0)
    bare: float = 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of T triggers and M mentions, before softmax or sigmoid.

    roles (T, M, R), status (T, S), mode (T, O), contexts (T, C), valid (T,), types (T, E).
    """

    roles: Array
    status: Array
    mode: Array
    contexts: Array
    valid: Array
    types: Array


def without_determiner(trigger: Span, words: Words) -> Span | None:
    """A trigger without *this* or *that* before it; None where nothing else is left."""
    first = trigger.first
    while first <= trigger.last and words.forms[first].removeprefix("▁").lower() in _DETERMINERS:
        first += 1
    return replace(trigger, first=first) if first <= trigger.last else None


def assemble(
    words: Words, mentions: Sequence[Span], triggers: Sequence[Span], scores: Scores | None, settings: Settings
) -> tuple[tuple[Mention, ...], tuple[Event, ...]]:
    """Mentions m1, m2, ... and events e1, e2, ... in the order of the text. `scores` is None where no trigger is."""
    keys = [f"m{i}" for i in range(1, len(mentions) + 1)]
    weight, bias = settings.mention_confidence
    found = tuple(
        Mention(
            id=key,
            type=SPAN_TYPES[span.kind],
            start=words.starts[span.first],
            end=words.ends[span.last],
            confidence=_squash(weight * logit(span.probability) + bias),
        )
        for key, span in zip(keys, mentions, strict=True)
    )
    if scores is None:
        return found, ()
    is_time = np.array([s.kind == _TIME for s in mentions], dtype=bool)
    chances, valid, contexts = sigmoid(scores.roles), sigmoid(scores.valid), sigmoid(scores.contexts)
    kinds, likely = _types(triggers, scores.types, settings.type_weight)
    by_span, by_valid, bias = settings.event_confidence
    events: list[Event] = []
    for i, span in enumerate(triggers):
        if valid[i] < settings.valid:
            continue
        mode = MODES[int(np.where(kinds[i] == _MODE_TYPE, scores.mode[i], -np.inf).argmax())][1]
        told = [CONTEXTS[c] for c in np.flatnonzero(contexts[i] >= settings.context)]
        roles: dict[str, tuple[str, ...]] = {}
        for r, role in enumerate(ROLES):
            # Only a time mention says when, and it says nothing else.
            right = (chances[i, : len(mentions), r] >= settings.roles[r]) & (is_time == (r == _TIME_ROLE))
            roles[role] = tuple(keys[m] for m in np.flatnonzero(right))
        confidence = _squash(by_span * logit(likely[i]) + by_valid * float(scores.valid[i]) + bias)
        if confidence < settings.bare and not any(roles.values()):
            continue
        events.append(
            Event(
                id=f"e{len(events) + 1}",
                type=EVENT_TYPES[kinds[i]],
                start=words.starts[span.first],
                end=words.ends[span.last],
                status=_status(scores.status[i], only_willing(words, span.first, span.last)),
                mode=mode,
                context=tuple(told or [CONTEXTS[int(contexts[i].argmax())]]),
                confidence=confidence,
                actor=roles["actor"],
                recipient=roles["recipient"],
                place=roles["place"],
                time=roles["time"],
                source=roles["source"],
            )
        )
    return found, tuple(events)


def _status(scores: Array, only_willing: bool) -> str:
    """The likeliest status; of what somebody is only willing to do the likeliest that is no fact."""
    best = STATUSES[int(scores.argmax())]
    if only_willing and best in ("actual", "historical"):
        return max(("future", "hypothetical"), key=lambda status: scores[STATUSES.index(status)])
    return best


def _types(triggers: Sequence[Span], types: Array, weight: float) -> tuple[list[int], list[float]]:
    """The type of each trigger by both opinions, and the probability that it is a trigger of this type."""
    chances = np.stack([span.chances for span in triggers])
    first = np.log(np.maximum(chances, 1e-9))
    both = softmax((first + weight * np.log(np.maximum(softmax(types), 1e-9))).astype(np.float32))
    kinds = both.argmax(axis=1)
    return kinds.tolist(), (chances.sum(axis=1) * both.max(axis=1)).tolist()


def logit(probability: float) -> float:
    """Log odds, for probabilities that are kept away from 0 and 1."""
    p = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def _squash(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))


def sigmoid(x: Array) -> Array:
    """Logistic function."""
    y: Array = (1.0 / (1.0 + np.exp(-x))).astype(np.float32)
    return y


def softmax(x: Array) -> Array:
    """Softmax over the last axis."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    y: Array = e / e.sum(axis=-1, keepdims=True)
    return y
