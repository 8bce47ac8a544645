"""Arguments and options that commands share, each with its meaning as `--help` and docs/cli.md show it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT", help="Files (text, HTML, JSON Lines, JSON; .gz too), folders, or - for standard input."
    ),
]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Day of publication, such as 2020-07-16, for documents that do not tell theirs."),
]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Outlet, for documents that do not name theirs.")]
Lang = Annotated[
    str | None, typer.Option(metavar="TAG", help="Language tag, such as en, for documents that do not tell theirs.")
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write to FILE.jsonl, FILE.csv, FILE.parquet or FILE.txt, whole or not."
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        help="jsonl, csv, parquet, table or dyads. Without it FILE's ending decides; else table on a terminal, "
        "jsonl in a pipe.",
    ),
]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="Which coder: learned, llm or rules. Without it the default one.")
]
LlmUrl = Annotated[
    str | None,
    typer.Option(metavar="URL", help="For --model llm: an OpenAI-compatible address; else COMMUNIQUE_LLM_URL."),
]
LlmModel = Annotated[
    str | None, typer.Option(metavar="NAME", help="For --model llm: the model's name there; else COMMUNIQUE_LLM_MODEL.")
]
LlmTokens = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help="For --model llm: most tokens of the run; else COMMUNIQUE_LLM_TOKENS."),
]
Quarantine = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Where to list inputs that were set aside; with -o it is FILE.quarantine.jsonl."),
]
Gated = Annotated[Path | None, typer.Option(metavar="FILE", help="List the documents that hold nothing to code.")]
Documents = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Keep the coded documents as JSON Lines: the texts that offsets count into."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, notes or summary on standard error.")]
Gold = Annotated[Path, typer.Argument(metavar="GOLD", help="Labelled documents: JSON Lines or Parquet.")]
Predicted = Annotated[
    Path | None,
    typer.Argument(metavar="[PRED]", help="Coded reports to score; without it the documents of GOLD are coded first."),
]
LinksFile = Annotated[Path | None, typer.Option(metavar="FILE", help="Engagement of each report, to score linking.")]
ClustersFile = Annotated[Path | None, typer.Option(metavar="FILE", help="Gold engagements, to score linking.")]

GoldFolder = Annotated[Path, typer.Option("--gold", metavar="FOLDER", help="The folder of the gold files.")]

Regression = Annotated[bool, typer.Option("--allow-regression", help="Let floors be lowered; needs --note.")]

OwnRows = Annotated[
    Path | None,
    typer.Option(
        "--lexicon", metavar="FOLDER", help="Lay your own rows over the lexicon: a folder as docs/lexicon.md tells."
    ),
]
Record = Annotated[Path, typer.Option(metavar="FOLDER", help="The folder of the record.")]
Workers = Annotated[int, typer.Option(metavar="N", min=1, help="Processes that code at the same time.")]
