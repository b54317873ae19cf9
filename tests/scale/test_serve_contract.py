"""The contract of `sejul serve`, held by `sejul serve-ray`: the very same tests, over HTTP through Ray Serve."""

from __future__ import annotations

import pytest

from tests.api import test_access, test_hostile, test_openapi, test_pdf, test_summarize

pytestmark = [pytest.mark.ray, pytest.mark.timeout(300)]
pytest.importorskip("ray", reason="needs the extra [ray]; `make test-ray` installs it")

# Those that ask a server and are not about a process of its own.
_OTHERS = [
    test_access.test_keys_are_asked_for,
    test_access.test_headers_for_browsers,
    test_access.test_request_ids,
    test_access.test_metrics_and_docs_can_be_closed,
    test_hostile.test_hostile_pages_are_answered,
    test_hostile.test_a_million_line_breaks,
    test_openapi.test_answers_are_as_documented,
    test_openapi.test_problems_are_as_documented,
    test_openapi.test_events_are_as_documented,
    test_pdf.test_a_typeset_page_comes_back_as_text_that_can_be_summarized,
    test_pdf.test_what_is_no_pdf_is_refused,
]
_ALL = [test for name, test in vars(test_summarize).items() if name.startswith("test_")] + _OTHERS
globals().update({test.__name__: test for test in _ALL})
