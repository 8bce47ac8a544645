"""The commands and their options, in the order in which `communique --help` lists them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.commands import Commands, heed_ctrl_c
from communique.cli.keeping import keeping_app
from communique.cli.options import (
    ClustersFile,
    Documents,
    Format,
    Gated,
    Gold,
    GoldFolder,
    Inputs,
    Lang,
    LinksFile,
    LlmModel,
    LlmTokens,
    LlmUrl,
    Model,
    Outlet,
    Output,
    OwnRows,
    Predicted,
    Published,
    Quarantine,
    Quiet,
    Regression,
)
from communique.cli.reviewing import export_app, reviewer_app
from communique.cli.serving import serving_app

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
lexicon_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Ask the lexicon, or check its tables.")


@app.callback(invoke_without_command=True)
def communique(
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.", is_eager=True)] = False,
) -> None:
    """Read open reporting on defence diplomacy and code it into reports that can be counted, mapped and checked.

    Try `communique demo` first.
    """
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"communique {installed('communique')}")
        raise typer.Exit()


@app.command()
def code(
    inputs: Inputs,
    published: Published = None,
    outlet: Outlet = None,
    lang: Lang = None,
    output: Output = None,
    format: Format = None,
    model: Model = None,
    own_rows: OwnRows = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_tokens: LlmTokens = None,
    quarantine: Quarantine = None,
    gated: Gated = None,
    documents: Documents = None,
    quiet: Quiet = False,
) -> None:
    """Code articles into reports.

    The first paragraph of a text is its title. JSON Lines have the keys id, title, text, published, outlet, url, lang.
    What cannot be read is set aside with its reason, and the rest is coded; the status is 1 if nothing could be read.
    """
    from communique.cli.coding import Files, Given, code_inputs, llm_settings

    given = Given(tuple(inputs), published, outlet, lang)
    llm = llm_settings(model, url=llm_url, model=llm_model, tokens=llm_tokens)
    files = Files(output, format, quarantine, gated, documents)
    run = code_inputs(given, files, model=model, llm=llm, own_rows=own_rows, quiet=quiet)
    if run.inputs == len(run.quarantined):
        raise typer.Exit(1)


@app.command()
def demo(
    everything: Annotated[bool, typer.Option("--all", help="Show every brief, not only the first.")] = False,
    record: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Keep the briefs in a record there in place of showing them.")
    ] = None,
    output: Output = None,
    format: Format = None,
    model: Model = None,
    quiet: Quiet = False,
) -> None:
    """Code the packaged demo corpus, 48 news briefs, and show what was found, or keep it in a record.

    Each brief restates public pages in words of its own and is shown as restated after their outlets.
    """
    from communique.cli.demo import keep_demo, run_demo

    if record is not None:
        keep_demo(record, output=output, format=format, model=model, quiet=quiet)
        return
    run_demo(everything=everything, output=output, format=format, model=model, quiet=quiet)


@app.command()
def evaluate(
    gold: Gold,
    predicted: Predicted = None,
    links: LinksFile = None,
    clusters: ClustersFile = None,
    by: Annotated[str | None, typer.Option(metavar="GROUP", help="Break down by type, status or outlet.")] = None,
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="List the first N errors with their words.")] = 0,
    bootstrap: Annotated[
        int, typer.Option(metavar="N", min=0, help="Resamples of documents for 95 % intervals; 0 for none.")
    ] = 1000,
    split: Annotated[str | None, typer.Option(metavar="NAME", help="Only gold documents of this split.")] = None,
    doc: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this gold document; may be given again.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    model: Model = None,
    quiet: Quiet = False,
) -> None:
    """Measure coded reports, or the coder itself, against labelled documents."""
    from communique.cli.scoring import coder_for_gold, print_scores
    from communique.evaluation import evaluate_files

    scores = evaluate_files(
        gold,
        predicted,
        links=links,
        clusters=clusters,
        coder=coder_for_gold(model, quiet=quiet),
        split=split,
        docs=doc or (),
        errors=errors,
        bootstrap=bootstrap,
    )
    print_scores(scores, by=by, json=json)


@app.command()
def codebook(
    type: Annotated[str | None, typer.Argument(metavar="[TYPE]", help="An event type, such as visit.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the JSON Schema of a report.")] = False,
) -> None:
    """Show the codebook: all event types, or one in full."""
    from communique.cli.showing import codebook_text

    typer.echo(codebook_text(type, json=json), nl=False)


@lexicon_app.command("find")
def lexicon_find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, sentence or text.")],
    own_rows: OwnRows = None,
    json: Annotated[bool, typer.Option("--json", help="Print one match a line as JSON.")] = False,
) -> None:
    """Show every state, body, office, place or other name that the lexicon finds in TEXT, with its readings."""
    from communique.cli.showing import print_matches

    print_matches(text, json=json, own_rows=own_rows)


@lexicon_app.command("check")
def lexicon_check(own_rows: OwnRows = None) -> None:
    """Check the lexicon's tables, or your own that are laid over them; the status is 1 if there are problems."""
    from communique.cli.showing import print_lexicon_problems

    if not print_lexicon_problems(own_rows):
        raise typer.Exit(1)


app.add_typer(keeping_app)
app.add_typer(serving_app)
app.add_typer(reviewer_app, name="reviewer")
app.add_typer(export_app, name="export")
app.add_typer(lexicon_app, name="lexicon")


@app.command()
def floors(
    folder: GoldFolder = Path("gold"),
    set_floors: Annotated[bool, typer.Option("--raise", help="Make the scores reached the new floors.")] = False,
    allow_regression: Regression = False,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Why floors are lowered; kept in the file.")] = None,
    quiet: Quiet = False,
) -> None:
    """For developers: measure the coder on the gold files and compare with the floors, or raise them.

    The status is 1 if a score lies below its floor.
    """
    from communique.cli.scoring import report_floors

    if not report_floors(folder, raising=set_floors, allow_regression=allow_regression, note=note, quiet=quiet):
        raise typer.Exit(1)


def main() -> None:
    """Run the command line with the arguments of this process, and end it with their status."""
    heed_ctrl_c()
    app(prog_name="communique")
