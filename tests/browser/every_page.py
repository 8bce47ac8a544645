"""The pages of the demo record, by name; those of review, which only the reviewed copy has, by name alone."""

PAGES = {
    "overview": "/",
    "explore": "/explore",
    "reports": "/explore?unit=reports&type=visit",
    "timeline": "/explore?view=timeline",
    "map": "/explore?view=map",
    "network": "/explore?view=network",
    "officials-network": "/explore?view=network&nodes=officials",
    "nothing": "/explore?country=FJI",
    "countries": "/countries",
    "country": "/country/IRN?around=2023-01-01",
    "pair": "/pair/IRN-PAK",
    "officials": "/officials",
    "exercises": "/exercises",
    "agreements": "/agreements",
    "transfers": "/transfers",
    "documents": "/documents",
    "documents-month": "/documents?published=2018-09",
    "set-aside": "/set-aside",
    "codebook": "/codebook",
    "api": "/api",
    "sign-in": "/sign-in",
}

REVIEW = (
    "review-sign-in", "review-reader", "review", "review-filtered", "review-empty", "review-report",
    "review-report-reader", "review-missed", "review-sample", "review-blind", "review-adjudicate", "review-engagement",
)  # fmt: skip
"""Their paths and who looks at them: `reviewed_record.Reviewed.pages`."""
