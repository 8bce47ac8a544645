"""The command line. Each command parses its options, calls one library function and prints.

Modules that take long to load are imported inside commands, so that `communique --help` answers at once.
"""

from communique.cli.app import app, main

__all__ = ["app", "main"]
