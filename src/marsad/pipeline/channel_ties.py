"""Who speaks for whom, as the channels of an observatory say: what linking is told of them."""

from marsad.collect.channels import Channel, read_channels
from marsad.link.related import Tie, ties
from marsad.pipeline.observatory import Observatory

FOLDER = "channels"


def ties_of(observatory: Observatory) -> dict[str, Tie]:
    """Return the ties between outlets that an observatory's channels tell; files that are no channel tell none here."""
    folder = observatory.path / FOLDER
    if not folder.is_dir():
        return {}
    channels = [one for one in read_channels(folder) if isinstance(one, Channel)]
    return ties((one.publisher, how, other) for one in channels for how, other in one.relations)
