//! How wide text is, without a browser.
//!
//! The stage lays out boxes natively, so it needs the width of a text before any font is at hand.
//! The table holds the advance widths of one of the widest common interface fonts (per mille of an
//! em), so a text that fits here fits in narrower fonts too.
//! Invariant: a text returned by [`fit`] measures at most the width asked for.
//! Deliberately absent: kerning, ligatures and bidirectional text; they only make text narrower or
//! are drawn by the browser within the same box.

/// The face a text is set in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Face {
    /// The interface font.
    Sans,
    /// The interface font, semi-bold.
    Bold,
    /// The code font: every cell equally wide.
    Mono,
}

/// Advance widths of `!` to `~`, in thousandths of an em.
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The width of one character in thousandths of an em.
fn advance(c: char, face: Face) -> u32 {
    let code = c as u32;
    let wide = code >= 0x1100;
    match face {
        // Characters the code font lacks come from wider fonts.
        Face::Mono if code < 0x2500 => 610,
        Face::Mono => 1250,
        Face::Sans | Face::Bold => {
            let plain = match code {
                0x20..=0x7e => u32::from(ASCII[(code - 0x20) as usize]),
                0..=0x1f => 318,
                0xb7 => 318,
                0x7f..=0xff => 700,
                0x2026 => 1000,
                0x2000..=0x20ff => 700,
                0x2190..=0x21ff => 850,
                _ if wide => 1300,
                _ => 850,
            };
            if face == Face::Bold {
                plain * 107 / 100 + 60
            } else {
                plain
            }
        }
    }
}

/// The width of `text` at `size` pixels, in pixels.
pub fn width(text: &str, size: f32, face: Face) -> f32 {
    let thousandths: u32 = text.chars().map(|c| advance(c, face)).sum();
    thousandths as f32 * size / 1000.0
}

/// `text` if it fits in `room` pixels, else as much of it as does with an ellipsis.
pub fn fit(text: &str, size: f32, face: Face, room: f32) -> String {
    if width(text, size, face) <= room {
        return text.to_string();
    }
    let dots = advance('…', face);
    let limit = (room * 1000.0 / size) as u32;
    let mut used = dots;
    let mut out = String::new();
    for c in text.chars() {
        used += advance(c, face);
        if used > limit {
            break;
        }
        out.push(c);
    }
    if limit >= dots {
        out.truncate(out.trim_end().len());
        out.push('…');
    }
    out
}

/// A line of text that may hold control characters, made to stand on one line.
pub fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_returned_whole() {
        assert_eq!(fit("worker · G4", 14.0, Face::Bold, 140.0), "worker · G4");
    }

    #[test]
    fn what_does_not_fit_is_cut_with_an_ellipsis_and_then_fits() {
        for face in [Face::Sans, Face::Bold, Face::Mono] {
            for room in [0.0, 3.0, 12.0, 40.0, 90.5] {
                for text in [
                    "WWWWWWWWWWWW",
                    "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii",
                    "日本語のとても長い名前です",
                    "a b c d e f g h i j",
                ] {
                    let cut = fit(text, 13.0, face, room);
                    assert!(width(&cut, 13.0, face) <= room, "{cut:?} in {room}");
                }
            }
        }
        assert_eq!(fit("abcdefghij", 10.0, Face::Mono, 31.0), "abcd…");
    }

    #[test]
    fn bold_is_wider_than_plain() {
        for c in ' '..='~' {
            assert!(advance(c, Face::Bold) > advance(c, Face::Sans));
        }
    }
}
