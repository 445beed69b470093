"""Whether a JPEG or PNG picture can be opened: read as far as that takes, never unpacked whole."""

import io
from typing import Final

from PIL import Image

from motcua.gateways.accepted import JPEG, MOST_PIXELS, PNG, FileRefused, Flaw

_FORMATS: Final = {JPEG: "JPEG", PNG: "PNG"}


def look_at(content: bytes, media_type: str) -> None:
    """Raise FileRefused unless it is a whole picture of this type."""
    try:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[media_type]]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise FileRefused(Flaw.TOO_MANY_PIXELS)
            if media_type == PNG:
                image.verify()  # every chunk's checksum, nothing unpacked
            else:
                image.draft("L", (1, 1))  # decoded at an eighth of its size
                image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise FileRefused(Flaw.TOO_MANY_PIXELS) from problem
    except (OSError, SyntaxError, ValueError) as problem:
        # What Pillow raises for a picture cut short or put together wrongly.
        raise FileRefused(Flaw.DAMAGED) from problem
