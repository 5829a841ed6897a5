//! What a program says in its comments of the world it runs in: signals, the network, how fine its steps
//! are.
//!
//! `//lockstep:signal SIGINT after 2s`, `//lockstep:http https://example.com/slow 200 after 3s`,
//! `//lockstep:http https://example.com/ error "connection refused" after 1s`, `//lockstep:points memory`.
//! Lines that are not understood are left to others.

/// How the virtual network answers requests for one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub address: String,
    /// The status, or the words of a failure.
    pub answer: Result<u16, String>,
    /// Nanoseconds until the answer.
    pub latency: u64,
}

/// All that was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directives {
    /// Signals that come from outside: their number, and when, in nanoseconds.
    pub signals: Vec<(u64, u64)>,
    pub routes: Vec<Route>,
    /// Each access of memory is a scheduling point.
    pub memory_points: bool,
}

/// What the network takes for a request that nothing is said of.
const LATENCY: u64 = 20_000_000;

impl Directives {
    /// Reads the comments of a source text.
    pub fn read(&mut self, source: &str) {
        for line in source.lines() {
            let Some(text) = line.trim_start().strip_prefix("//lockstep:") else {
                continue;
            };
            let (key, value) = text.split_once(' ').unwrap_or((text, ""));
            match key {
                "points" => self.memory_points = value.trim() == "memory",
                "signal" => self.signals.extend(signal(value)),
                "http" => self.routes.extend(route(value)),
                _ => {}
            }
        }
    }

    /// How a request is answered: the longest address that begins the request's counts.
    pub fn answer(&self, address: &str) -> Route {
        let fits = self
            .routes
            .iter()
            .filter(|route| address.starts_with(&route.address));
        fits.max_by_key(|route| route.address.len())
            .cloned()
            .unwrap_or_else(|| Route {
                address: address.into(),
                answer: Ok(200),
                latency: LATENCY,
            })
    }
}

fn signal(text: &str) -> Option<(u64, u64)> {
    let (name, after) = delayed(text);
    let number = match name {
        "SIGHUP" => 1,
        "SIGINT" => 2,
        "SIGQUIT" => 3,
        "SIGUSR1" => 10,
        "SIGUSR2" => 12,
        "SIGTERM" => 15,
        _ => return None,
    };
    Some((number, after.unwrap_or(0)))
}

fn route(text: &str) -> Option<Route> {
    let (text, after) = delayed(text);
    let (address, answer) = text.split_once(' ')?;
    let answer = match answer.trim().strip_prefix("error") {
        Some(words) => Err(words.trim().trim_matches('"').to_string()),
        None => Ok(answer.trim().parse().ok()?),
    };
    Some(Route {
        address: address.into(),
        answer,
        latency: after.unwrap_or(LATENCY),
    })
}

/// Takes `after 2s` off the end.
fn delayed(text: &str) -> (&str, Option<u64>) {
    match text.rsplit_once(" after ") {
        Some((rest, time)) => (rest.trim(), duration(time.trim())),
        None => (text.trim(), None),
    }
}

/// A duration such as `1m30s` or `250ms`, in nanoseconds.
fn duration(mut text: &str) -> Option<u64> {
    let mut total = 0.0;
    while !text.is_empty() {
        let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let value: f64 = text[..digits].parse().ok()?;
        let rest = &text[digits..];
        let end = rest
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(rest.len());
        total += value
            * match &rest[..end] {
                "ns" => 1.0,
                "us" | "µs" => 1e3,
                "ms" => 1e6,
                "s" => 1e9,
                "m" => 6e10,
                "h" => 3.6e12,
                _ => return None,
            };
        text = &rest[end..];
    }
    Some(total as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_understood() {
        let mut directives = Directives::default();
        directives.read(
            "//lockstep:signal SIGINT after 1m2.5s\n//lockstep:points memory\n\
             //lockstep:http https://a.b/slow 503 after 3s\n\
             //lockstep:http https://a.b error \"no route\"\n//lockstep:signal SIGFOO\n",
        );
        assert_eq!(directives.signals, [(2, 62_500_000_000)]);
        assert!(directives.memory_points);
        assert_eq!(directives.answer("https://a.b/slow/x").answer, Ok(503));
        assert_eq!(directives.answer("https://a.b/slow").latency, 3_000_000_000);
        assert_eq!(
            directives.answer("https://a.b/other").answer,
            Err("no route".into())
        );
        assert_eq!(directives.answer("https://c.d").answer, Ok(200));
    }
}
