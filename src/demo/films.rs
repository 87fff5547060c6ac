//! Sixty films that nobody made: titles by hand, the rest composed from words,
//! the same each time.

use super::account::Account;
use super::art::Scene;

/// A film.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Film {
    /// 1 to 60: its place in addresses.
    pub(super) number: usize,
    pub(super) title: &'static str,
    pub(super) genre: &'static str,
    pub(super) scene: Scene,
}

/// How many there are.
pub(super) const COUNT: usize = FILMS.len();

/// All of them, `account`'s favourite genre first.
pub(super) fn for_account(account: Account) -> Vec<Film> {
    let (mut first, others): (Vec<Film>, Vec<Film>) =
        all().partition(|film| film.genre == account.favourite_genre());
    first.extend(others);
    first
}

/// The film with this number.
pub(super) fn by_number(number: usize) -> Option<Film> {
    all().find(|film| film.number == number)
}

fn all() -> impl Iterator<Item = Film> {
    FILMS
        .iter()
        .enumerate()
        .map(|(index, &(title, genre, scene))| Film {
            number: index + 1,
            title,
            genre,
            scene,
        })
}

impl Film {
    pub(super) fn year(self) -> usize {
        1951 + self.draw(1, 74)
    }

    pub(super) fn minutes(self) -> usize {
        81 + self.draw(2, 68)
    }

    pub(super) fn director(self) -> String {
        format!("{} {}", self.pick(3, &FIRST_NAMES), self.pick(4, &SURNAMES))
    }

    pub(super) fn synopsis(self) -> String {
        format!(
            "{} must {} {}. {}",
            self.pick(5, &WHO),
            self.pick(6, &TASK),
            self.pick(7, &BEFORE),
            self.pick(8, &TURN)
        )
    }

    fn pick(self, salt: usize, words: &[&'static str]) -> &'static str {
        words[self.draw(salt, words.len())]
    }

    /// A number below `bound` that belongs to this film and this question.
    fn draw(self, salt: usize, bound: usize) -> usize {
        // Two rounds of multiply and shift: neighbours end up far apart.
        let by = |number: usize, factor: u64| (number as u64).wrapping_mul(factor);
        let mut mixed =
            by(self.number, 0x9e37_79b9_7f4a_7c15).wrapping_add(by(salt, 0xbf58_476d_1ce4_e5b9));
        mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 32;
        usize::try_from(mixed % bound as u64).unwrap_or(0)
    }
}

const DRAMA: &str = "Drama";
const MYSTERY: &str = "Mystery";
const SCI_FI: &str = "Science fiction";
const COMEDY: &str = "Comedy";
const ADVENTURE: &str = "Adventure";
const ROMANCE: &str = "Romance";

#[rustfmt::skip]
const FILMS: [(&str, &str, Scene); 60] = [
    ("The Salt Lantern", DRAMA, Scene::Sea),
    ("Orbit of Small Things", SCI_FI, Scene::Space),
    ("A Slow Train to Arden", ROMANCE, Scene::Hills),
    ("Nine Floors of Rain", MYSTERY, Scene::City),
    ("The Cartographer’s Son", ADVENTURE, Scene::Peaks),
    ("Paper Moons", COMEDY, Scene::Shapes),
    ("Under the Larches", DRAMA, Scene::Forest),
    ("The Glass Caravan", ADVENTURE, Scene::Dunes),
    ("Harbour Lights at Six", ROMANCE, Scene::Sea),
    ("Quiet Machines", SCI_FI, Scene::Shapes),
    ("The Last Tram Home", DRAMA, Scene::City),
    ("Winter Keeps Its Word", MYSTERY, Scene::Peaks),
    ("Honey and Gravel", COMEDY, Scene::Hills),
    ("Red Planet Post Office", SCI_FI, Scene::Space),
    ("The Fox at the Well", ADVENTURE, Scene::Forest),
    ("Tomorrow, Weather Permitting", COMEDY, Scene::Hills),
    ("The Empty Chair", MYSTERY, Scene::Shapes),
    ("Where the River Forgets", DRAMA, Scene::Hills),
    ("Signal from the Fourth Moon", SCI_FI, Scene::Space),
    ("The Tide Clerk", MYSTERY, Scene::Sea),
    ("A Thousand Windows", ROMANCE, Scene::City),
    ("The Well of Stars", ADVENTURE, Scene::Dunes),
    ("Birches in the Fog", MYSTERY, Scene::Forest),
    ("The Height of Summer", ROMANCE, Scene::Peaks),
    ("My Uncle’s Submarine", COMEDY, Scene::Sea),
    ("The Gravity Lesson", SCI_FI, Scene::Space),
    ("Letters to a Lighthouse", ROMANCE, Scene::Sea),
    ("The Copper Hour", DRAMA, Scene::Dunes),
    ("Somebody Else’s Key", MYSTERY, Scene::City),
    ("The Long Field", DRAMA, Scene::Hills),
    ("Three Geese and a Bicycle", COMEDY, Scene::Shapes),
    ("North of the Map", ADVENTURE, Scene::Peaks),
    ("The Archive of Echoes", SCI_FI, Scene::City),
    ("A House Among Pines", DRAMA, Scene::Forest),
    ("The Sandglass Road", ADVENTURE, Scene::Dunes),
    ("One Star Hotel", COMEDY, Scene::City),
    ("The Violet Shift", SCI_FI, Scene::Space),
    ("Evening on Platform Two", ROMANCE, Scene::City),
    ("The Owl Who Knew", MYSTERY, Scene::Forest),
    ("Ridge Walkers", ADVENTURE, Scene::Peaks),
    ("Small Hours, Big City", COMEDY, Scene::City),
    ("The Colour of Distance", DRAMA, Scene::Shapes),
    ("Seven Dry Wells", MYSTERY, Scene::Dunes),
    ("The Garden on Ceres", SCI_FI, Scene::Space),
    ("Barefoot in November", ROMANCE, Scene::Forest),
    ("The Bell Diver", ADVENTURE, Scene::Sea),
    ("A Fine Day for Losing", COMEDY, Scene::Hills),
    ("The Snow Ledger", DRAMA, Scene::Peaks),
    ("Mirage & Sons", COMEDY, Scene::Dunes),
    ("The Woman in Booth Nine", MYSTERY, Scene::Shapes),
    ("Sleepers of the Outer Ring", SCI_FI, Scene::Space),
    ("The Orchard Year", ROMANCE, Scene::Hills),
    ("Deep Water, Kind Hearts", DRAMA, Scene::Sea),
    ("The Iron Meadow", ADVENTURE, Scene::Hills),
    ("Two Suns for Amara", SCI_FI, Scene::Dunes),
    ("The Understudy’s Alibi", MYSTERY, Scene::City),
    ("Waltz for a Mountain", ROMANCE, Scene::Peaks),
    ("The Unreliable Compass", COMEDY, Scene::Sea),
    ("Ember Wood", DRAMA, Scene::Forest),
    ("The Shape of Home", DRAMA, Scene::Shapes),
];

const FIRST_NAMES: [&str; 16] = [
    "Ilse", "Tomas", "Nadia", "Henrik", "Imani", "Piotr", "Lucia", "Kenji", "Maeve", "Anselm",
    "Rosa", "Yusuf", "Clara", "Mateo", "Signe", "Oren",
];

const SURNAMES: [&str; 17] = [
    "Marrow",
    "Verrell",
    "Okonde",
    "Lindqvast",
    "Tanabe",
    "Fairholm",
    "Castellan",
    "Duarte",
    "Brandvold",
    "Quill",
    "Haddow",
    "Serrano",
    "Novik",
    "Achterberg",
    "Moriarte",
    "Pell",
    "Vantongo",
];

const WHO: [&str; 14] = [
    "A retired ferry pilot",
    "Two sisters who have not spoken for years",
    "The youngest judge in the province",
    "A piano tuner with a perfect memory",
    "An engineer who was declared dead by mistake",
    "A travelling dentist and her apprentice",
    "The night porter of a closing hotel",
    "A beekeeper with a borrowed name",
    "Three friends on their last free weekend",
    "A weather forecaster nobody believes",
    "The only translator in the valley",
    "A widowed clockmaker",
    "A boy who can hear radio stations",
    "An actress between two lives",
];

const TASK: [&str; 15] = [
    "carry a sealed letter across the border",
    "repair the last working transmitter",
    "find the owner of a single glove",
    "bring a stubborn old horse home",
    "learn a forgotten language",
    "win back a house lost at cards",
    "hide a secret in plain sight",
    "follow a map drawn from memory",
    "keep a promise made by somebody else",
    "stage a play with no actors",
    "return something that was never stolen",
    "teach a whole village to swim",
    "spend a night in the wrong apartment",
    "prove that a town exists",
    "choose between two honest lies",
];

const BEFORE: [&str; 10] = [
    "before the first snow closes the road",
    "before the lights go out for good",
    "while the whole town is asleep",
    "in the three days before the wedding",
    "before the river reaches the bridge",
    "as the summer runs out",
    "with nothing but a suitcase of records",
    "before the morning papers are printed",
    "while everybody else looks at the eclipse",
    "on the longest night of the year",
];

const TURN: [&str; 13] = [
    "What begins as a favour becomes the journey of a lifetime.",
    "Not everyone on the way is who they seem to be.",
    "A warm and funny story about the things we leave unsaid.",
    "The answer has been closer to home all along.",
    "But somebody has already read the last page.",
    "Along the way, an unlikely friendship grows.",
    "Each door that opens closes two others.",
    "Nobody mentioned the goose.",
    "A quiet film about courage, with an ending that stays.",
    "Soon the past catches up, and it has brought company.",
    "The truth turns out to be far stranger, and kinder.",
    "It would be easy, if it were not for the neighbours.",
    "And then the telephone rings.",
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_films_share_a_title_or_a_story() {
        let titles: HashSet<&str> = all().map(|film| film.title).collect();
        let stories: HashSet<String> = all().map(Film::synopsis).collect();

        assert_eq!(titles.len(), COUNT);
        assert_eq!(stories.len(), COUNT);
    }

    #[test]
    fn each_account_sees_all_films_with_its_favourite_genre_first() {
        for account in Account::ALL {
            let films = for_account(account);
            assert_eq!(films.len(), COUNT);
            assert_eq!(films[0].genre, account.favourite_genre());
        }
        assert_ne!(for_account(Account::Ada)[0], for_account(Account::Grace)[0]);
    }

    #[test]
    fn years_and_lengths_are_those_of_films() {
        for film in all() {
            assert!((1951..=2024).contains(&film.year()));
            assert!((81..=148).contains(&film.minutes()));
        }
    }
}
