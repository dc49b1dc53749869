"""marsad (مرصد, observatory): from reports of a war to casualty figures that can be defended, sentence by sentence."""

__version__ = "0.1.0"
