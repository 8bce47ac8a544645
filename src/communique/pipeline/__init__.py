"""The way from a text to its reports and engagements, in stages; `run.py` shows it on one screen."""
