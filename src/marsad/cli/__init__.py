"""The command line: `marsad COMMAND`. Each command is one small file; what it does lives in the pipeline."""

import click

from marsad import __version__


class _Commands(click.Group):
    """Commands that are loaded when they are asked for, so that `marsad --help` answers at once."""

    _WHERE = (
        ("init", "intake_commands"),
        ("add", "intake_commands"),
        ("collect", "collect_command"),
        ("watch", "collect_command"),
        ("form", "forms_commands"),
        ("pull-forms", "forms_commands"),
        ("links-sheet", "forms_commands"),
        ("copies", "copies_command"),
        ("gazetteer", "gazetteer_command"),
        ("run", "run_command"),
        ("derive", "derive_command"),
        ("candidates", "candidates_command"),
        ("incidents", "incidents_command"),
        ("why", "why_command"),
        ("check", "check_command"),
        ("compare", "compare_command"),
        ("series", "series_command"),
        ("changes", "changes_command"),
        ("totals", "totals_command"),
        ("check-series", "check_series_command"),
        ("control", "control_command"),
        ("people", "people_command"),
        ("brief", "brief_command"),
        ("timeline", "timeline_command"),
        ("actors", "actors_command"),
        ("patterns", "patterns_command"),
        ("link-persons", "link_persons_command"),
        ("compare-lists", "compare_lists_command"),
        ("estimate", "estimate_command"),
        ("extract", "extract_command"),
        ("simulate", "simulate_command"),
        ("evaluate", "evaluate_command"),
        ("compare-readers", "compare_readers_command"),
        ("desk", "desk_command"),
        ("corrections", "corrections_command"),
        ("queue", "queue_command"),
        ("decide", "decide_command"),
        ("rejections", "incidents_command"),
        ("policy", "policy_command"),
        ("sitrep", "sitrep_command"),
        ("publish", "publish_command"),
        ("validate", "validate_command"),
        ("verify", "verify_command"),
        ("serve", "serve_command"),
        ("fixity", "fixity_command"),
        ("timestamp", "timestamp_command"),
        ("witness", "timestamp_command"),
        ("custody", "custody_command"),
        ("bag", "handover_commands"),
        ("wacz", "handover_commands"),
        ("backup", "backup_commands"),
        ("restore", "backup_commands"),
        ("move", "team_commands"),
        ("roles", "team_commands"),
        ("migrate", "team_commands"),
        ("restrict", "team_commands"),
        ("keys", "keys_command"),
        ("source", "source_command"),
    )

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the commands in the order of a day's work."""
        return [name for name, _ in self._WHERE]

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loading its file; None if there is none of that name."""
        from importlib import import_module

        module = dict(self._WHERE).get(cmd_name)
        if module is None:
            return None
        command = getattr(import_module(f"marsad.cli.{module}"), cmd_name.replace("-", "_"))
        assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="marsad")
def main() -> None:
    """From reports of a war to casualty figures that can be defended, sentence by sentence.

    \b
    A first minute:
      marsad init obs/
      marsad add obs/ reports/ --outlet "Radio Raqqa" --published 2014-11-26
      marsad run obs/
      marsad incidents obs/
      marsad why obs/ RAQQA-2014-11-25 killed civilians
      marsad publish obs/ record/
    """
