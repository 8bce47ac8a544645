"""The pages, each a router of its own that asks the reader and fills a template."""

from communique.web.pages import (
    countries,
    document,
    engagement,
    explore,
    export,
    officials,
    overview,
    reference,
    registers,
    review,
    review_samples,
    signing,
)

ROUTERS = tuple(
    page.router
    for page in (
        overview,
        explore,
        export,
        engagement,
        document,
        countries,
        officials,
        registers,
        reference,
        signing,
        review,
        review_samples,
    )
)
"""Every router of pages; one more page is one more entry."""
