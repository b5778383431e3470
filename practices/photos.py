"""Uploaded photos are never stored as they came in, but decoded and written anew.

That keeps out everything that is not a picture, and with it the place, the time and
the camera that a phone writes into its photos.
"""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import ExifTags, Image, ImageFile

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 1600
QUALITY = 85
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

TOO_HEAVY = "Deze foto is te groot. Kies een bestand van hoogstens 10 MB."
TOO_LARGE = "Deze foto heeft te veel beeldpunten. Maak de foto eerst kleiner (40 megapixel)."
NOT_A_PHOTO = "Dit bestand is geen foto die we kunnen lezen. Kies een JPEG, PNG of WebP."


def reencode(uploaded: File) -> ContentFile:
    """A JPEG without metadata and under a name of its own.

    Takes up to 300 MB of memory for a moment, for a picture of the largest size.
    """
    if uploaded.size > MAX_BYTES:
        raise ValidationError(TOO_HEAVY)
    uploaded.seek(0)
    # Importing WeasyPrint turns this on for the whole process: half a photo would do then.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(uploaded, formats=FORMATS) as image:
            # Opening only reads the header: the pixels are still packed here.
            if image.width * image.height > MAX_PIXELS:
                raise ValidationError(TOO_LARGE)
            return ContentFile(_as_jpeg(image), name=f"{uuid4().hex}.jpg")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(NOT_A_PHOTO) from error


def _as_jpeg(image: Image.Image) -> bytes:
    upright = _on_white(_upright(image))
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    upright.info = {}  # Pillow would copy a comment from here into the new file.
    buffer = BytesIO()
    upright.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    # Not ImageOps.exif_transpose: it writes the metadata anew and fails on damaged ones.
    turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    return image if turn is None else image.transpose(turn)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    background = Image.new("RGB", layer.size, "white")
    background.paste(layer, mask=layer.getchannel("A"))
    return background
