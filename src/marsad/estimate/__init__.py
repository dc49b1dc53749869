"""What was not recorded: multiple systems estimation, from who is on which list to how many are on none.

Serves alone: `pip install marsad[estimate]`, then `from marsad.estimate import CaptureTable`.
"""

try:
    import numpy as _numpy  # noqa: F401 - asked for here so that the message below comes first
    import scipy as _scipy  # noqa: F401
except ImportError as absent:  # pragma: no cover - the tests have both
    raise ImportError('marsad.estimate needs numpy and scipy: pip install "marsad[estimate]"') from absent

from marsad.estimate.bounds import chao_mh, chao_mt, chapman, lincoln_petersen, two_list_sensitivity
from marsad.estimate.caution import Caution, Code, Severity
from marsad.estimate.decomposable import decomposable
from marsad.estimate.doubly_robust import doubly_robust
from marsad.estimate.headline import estimate
from marsad.estimate.latent.fit import latent_classes
from marsad.estimate.loglinear import loglinear, loglinear_many
from marsad.estimate.nhoi import Sensitivity, nhoi, sensitivity
from marsad.estimate.read import from_arrow, from_pandas, read_tables
from marsad.estimate.result import Coverage, Model, Result, Status, to_arrow
from marsad.estimate.sample_coverage import sample_coverage
from marsad.estimate.table import CaptureTable

__all__ = [
    "CaptureTable",
    "Caution",
    "Code",
    "Coverage",
    "Model",
    "Result",
    "Sensitivity",
    "Severity",
    "Status",
    "chao_mh",
    "chao_mt",
    "chapman",
    "decomposable",
    "doubly_robust",
    "estimate",
    "from_arrow",
    "from_pandas",
    "latent_classes",
    "lincoln_petersen",
    "loglinear",
    "loglinear_many",
    "nhoi",
    "read_tables",
    "sample_coverage",
    "sensitivity",
    "to_arrow",
    "two_list_sensitivity",
]
