//! How long a server asks to stay away: `Retry-After` (RFC 9110 §10.2.3), and the headers by
//! which services say when a rate limit starts anew.

use std::time::Duration;

use jiff::Timestamp;

/// Headers that name the end of a rate limit, in the order in which they are believed.
const RESET_HEADERS: [&str; 4] = [
    "x-ratelimit-reset-after",
    "x-ratelimit-reset",
    "x-rate-limit-reset",
    "ratelimit-reset",
];

/// Numbers below it (the year 2000) are seconds from now, whatever a service's documents say.
const POINT_IN_TIME: f64 = 946_684_800.0;
/// Numbers beyond it (the year 5138) are milliseconds.
const MILLISECONDS: f64 = 100_000_000_000.0;
/// Nobody waits for longer: a number beyond is a mistake or an attack.
const LONGEST: f64 = 86_400.0 * 365.0;

/// The end of a rate limit, out of an answer's headers.
pub fn rate_limit_reset(header: impl Fn(&str) -> Option<String>) -> Option<String> {
    RESET_HEADERS.iter().find_map(|name| header(name))
}

/// How long to stay away, by `Retry-After`, else by the rate limit's end. A time that they name
/// is held against `now`, the server's own clock where that is known.
#[must_use]
pub fn retry_after(header: Option<&str>, reset: Option<&str>, now: Timestamp) -> Option<Duration> {
    let pause = |text| pause(text, now);
    header.and_then(pause).or_else(|| reset.and_then(pause))
}

/// One header's value: seconds from now, with decimals or without, a date, or a time since
/// 1970 in seconds or milliseconds.
fn pause(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    let seconds = match text.parse::<f64>() {
        Ok(number) if number > MILLISECONDS => {
            number / 1000.0 - now.as_millisecond() as f64 / 1000.0
        }
        Ok(number) if number >= POINT_IN_TIME => number - now.as_millisecond() as f64 / 1000.0,
        Ok(number) if number < 0.0 => return None,
        Ok(number) => number,
        Err(_) => date(text)?.duration_since(now).as_secs_f64(),
    };
    (!seconds.is_nan()).then(|| Duration::from_secs_f64(seconds.clamp(0.0, LONGEST)))
}

fn date(text: &str) -> Option<Timestamp> {
    match httpdate::parse_http_date(text) {
        Ok(date) => Timestamp::try_from(date).ok(),
        Err(_) => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_900_000_000;

    fn after(headers: &[(&str, &str)]) -> Option<Duration> {
        let header = |name: &str| {
            let found = headers.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        };
        let reset = rate_limit_reset(header);
        let now = Timestamp::from_second(NOW).unwrap();
        retry_after(header("retry-after").as_deref(), reset.as_deref(), now)
    }

    #[test]
    fn retry_after_may_be_seconds_decimals_or_a_date() {
        for (written, seconds) in [
            ("7", 7.0),
            (" 7 ", 7.0),
            ("1.5", 1.5),
            ("0.25", 0.25),
            ("0", 0.0),
            ("Sun, 17 Mar 2030 17:48:20 GMT", 100.0),
            ("Sunday, 17-Mar-30 17:48:20 GMT", 100.0),
            ("Sun Mar 17 17:48:20 2030", 100.0),
            ("2030-03-17T17:48:20Z", 100.0),
            ("1900000060", 60.0),
            ("1900000060500", 60.5),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 0.0),
        ] {
            let pause = after(&[("retry-after", written)]).map(|pause| pause.as_secs_f64());
            assert!(
                pause.is_some_and(|pause| (pause - seconds).abs() < 0.001),
                "{written}: {pause:?}"
            );
        }
    }

    #[test]
    fn what_is_no_time_says_nothing() {
        for written in ["", "soon", "-5", "NaN", "tomorrow", "-inf"] {
            assert_eq!(after(&[("retry-after", written)]), None, "{written}");
        }
    }

    #[test]
    fn a_number_beyond_all_sense_is_bounded() {
        for written in ["1e300", "inf", "18446744073709551615"] {
            let pause = after(&[("retry-after", written)]).unwrap();
            assert!(pause <= Duration::from_secs_f64(LONGEST), "{written}");
        }
    }

    #[test]
    fn a_rate_limits_end_may_be_seconds_from_now_a_time_or_milliseconds() {
        for (name, written, seconds) in [
            ("x-ratelimit-reset", "1900000090", 90.0),
            ("x-ratelimit-reset", "1900000090000", 90.0),
            ("x-ratelimit-reset", "45", 45.0),
            ("x-rate-limit-reset", "1900000090", 90.0),
            ("ratelimit-reset", "30", 30.0),
            ("x-ratelimit-reset-after", "1.25", 1.25),
        ] {
            let pause = after(&[(name, written)]).unwrap().as_secs_f64();
            assert!((pause - seconds).abs() < 0.001, "{name}: {pause}");
        }
    }

    #[test]
    fn retry_after_counts_before_a_rate_limits_end() {
        let both = [("retry-after", "7"), ("x-ratelimit-reset", "9000")];
        assert_eq!(after(&both), Some(Duration::from_secs(7)));
        let unreadable = [("retry-after", "soon"), ("x-ratelimit-reset", "45")];
        assert_eq!(after(&unreadable), Some(Duration::from_secs(45)));
    }
}
