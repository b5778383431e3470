"""Draws the icons of the site anew, from the logo and the tokens: python -m scripts.draw_icons."""

from pathlib import Path

from PIL import Image

from parelkaart.share.drawing import logo
from parelkaart.theme.pairs import colours

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "parelkaart" / "static" / "parelkaart"
# Side in pixels, and the part of it that the logo is high.
ICONS = {"apple-touch-icon": (180, 0.72), "icon-192": (192, 0.7), "icon-512": (512, 0.7)}


def draw() -> None:
    colour = {n: c.hex for n, c in colours([STATIC / "tokens.css"], "light").items() if c}
    for name, (side, part) in ICONS.items():
        icon = Image.new("RGB", (side, side), colour["surface"])
        pin = logo(round(side * part), colour["accent"])
        icon.paste(pin, ((side - pin.width) // 2, (side - pin.height) // 2), pin)
        icon.quantize(64).save(STATIC / f"{name}.png", optimize=True)
    pin = logo(48, colour["accent"])
    favicon = Image.new("RGBA", (48, 48))
    favicon.paste(pin, ((48 - pin.width) // 2, 0), pin)
    favicon.save(STATIC / "favicon.png", optimize=True)


if __name__ == "__main__":
    draw()
