"""Read records with the PyTorch model, to measure it while it trains. The package reads with ONNX instead."""

from collections.abc import Sequence
from types import SimpleNamespace

import torch

from data import MENTION_KINDS, MOST_SUBWORDS, collate_words
from model import Reader
from vakanuvis.extraction.assemble import Scores, Settings, assemble
from vakanuvis.extraction.decode import decode
from vakanuvis.extraction.tokens import Subwords, split_words
from vakanuvis.records import Reading

DEFAULT = Settings()


@torch.no_grad()
def predict(model: Reader, golds: Sequence[Reading], subwords: Subwords, settings: Settings = DEFAULT) -> list[Reading]:
    """Readings of the reports of annotated passages."""
    model.eval()
    table = model.crf.table().numpy()
    found = []
    for gold in golds:
        words = split_words(gold.report.text)
        pieces = subwords(words.forms)
        one = SimpleNamespace(pieces=pieces, sentences=words.sentences, length=sum(map(len, pieces)) + 2)
        x = collate_words([one], 0, 2, 1)  # type: ignore[list-item]
        last = MOST_SUBWORDS + 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors, tags = model.read(
                x["ids"][:, : last + 1], x["mask"][:, : last + 1], x["first"].clamp(max=last), x["last"].clamp(max=last)
            )
        spans = decode(tags[0].float().numpy(), table, settings.outside_bias)
        triggers = [s for s in spans if s.kind >= MENTION_KINDS]
        mentions = [s for s in spans if s.kind < MENTION_KINDS]
        scores = None
        if triggers:
            # The graph needs one mention at least; a masked one stands in where there is none.
            stand_in = mentions or triggers[:1]
            result = model.relate(
                vectors.float(),
                x["sentences"],
                torch.tensor([[[s.first, s.last] for s in triggers]]),
                torch.tensor([[s.kind for s in triggers]]),
                torch.tensor([[[s.first, s.last] for s in stand_in]]),
                torch.tensor([[s.kind if mentions else 0 for s in stand_in]]),
                torch.ones(1, len(mentions)) if mentions else torch.zeros(1, 1),
            )
            scores = Scores(*(part[0].float().numpy() for part in result))
        found.append(Reading(gold.report, *assemble(words, mentions, triggers, scores, settings)))
    return found
