"""The QR that a TV shows, as modules: so that another screen can show the same."""

from waiting import Failure


def modules(shot):
    """Rows of "0" and "1", 1 being dark, of the one QR on a white card in the right half."""
    dark = lambda x, y: shot.pixel(x, y)[1] < 96
    white = lambda x, y: shot.pixel(x, y)[1] > 224
    row = shot.height // 2
    card = [x for x in range(shot.width // 2, shot.width) if white(x, row)]
    if len(card) < shot.height // 4:
        raise Failure("there is no white card with a QR on the screen")
    left, right, middle = card[0], card[-1] + 1, (card[0] + card[-1]) // 2
    # The quiet zone is white from side to side; the card lies between its first and last row.
    inside = left + (right - left) // 40
    rows = [y for y in range(shot.height) if white(inside, y)]
    columns = range(inside, right - (inside - left))
    inked = [y for y in range(rows[0], rows[-1]) if any(dark(x, y) for x in columns[::3])]
    top, bottom = inked[0], inked[-1] + 1
    first = next(x for x in columns if dark(x, top))
    # The edge of a finder pattern is seven modules long.
    edge = next(x for x in range(first, middle) if not dark(x, top)) - first
    module = edge // 7
    side = (bottom - top) // module
    if edge % 7 or (bottom - top) % module or side % 4 != 1:
        raise Failure(f"not a QR: a finder of {edge} pixels, {bottom - top} pixels high")
    centre = lambda begin, at: begin + at * module + module // 2
    return ["".join("1" if dark(centre(first, x), centre(top, y)) else "0" for x in range(side)) for y in range(side)]
