"""What tests of every room may import: values and reports to work with, kept beside the tests of the room they are of."""

import sys
from pathlib import Path

from hypothesis import settings

settings.register_profile(
    "marsad", deadline=None
)  # how long things take is measured in benchmarks/, on a quiet machine
settings.load_profile("marsad")

sys.path.insert(0, str(Path(__file__).parents[1]))  # benchmarks/ makes up reports
for room in (
    "model",
    "collect",
    "collect/web",
    "link",
    "pipeline",
    "readers",
    "text",
    "evaluate",
    "desk",
    "desk/pages",
):
    sys.path.insert(0, str(Path(__file__).parent / room))
