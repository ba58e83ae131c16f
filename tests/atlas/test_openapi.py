"""schemathesis asks the API what its description allows and what it does not: no answer is a server's error."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error

from made_up import codings
from served import ALL, BEARER
from vakanuvis.atlas import create
from vakanuvis.store import Chronicle

FEW = settings(
    max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)  # fmt: skip


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "not allowed"])
def test_no_request_ends_in_a_server_error(tmp_path, model, mode):
    chronicle = Chronicle(tmp_path / "asked.duckdb")
    chronicle.add(codings(60))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", create(chronicle, ALL))
    asked = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.NEGATIVE and not (operation.query or operation.body):
            continue  # nothing of it can be asked wrongly

        @settings(FEW)
        @given(case=operation.as_strategy(generation_mode=mode))
        def asks(case):
            asked.add(case.operation.label)
            answer = case.call(headers=BEARER)
            case.validate_response(answer, checks=[not_a_server_error])
            if answer.status_code >= 400:
                assert answer.headers["content-type"][0].startswith("application/problem+json")

        asks()
    assert "GET /happenings" in asked
    assert "POST /read" in asked or mode is GenerationMode.NEGATIVE
