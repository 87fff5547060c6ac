//! Forty people who don't exist, with numbers that ring nowhere.

use super::account::Account;

/// A person in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Contact {
    /// 1 to 40: the place in addresses.
    pub(super) number: usize,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
}

/// How many there are.
pub(super) const COUNT: usize = PEOPLE.len();

/// All of them, in the order that `account` likes: Ada by first name, Grace by
/// surname.
pub(super) fn for_account(account: Account) -> Vec<Contact> {
    let mut contacts: Vec<Contact> = PEOPLE
        .iter()
        .enumerate()
        .map(|(index, &(first, last))| Contact {
            number: index + 1,
            first,
            last,
        })
        .collect();
    match account {
        Account::Ada => contacts.sort_by_key(|contact| (contact.first, contact.last)),
        Account::Grace => contacts.sort_by_key(|contact| (contact.last, contact.first)),
    }
    contacts
}

impl Contact {
    pub(super) fn name(self) -> String {
        format!("{} {}", self.first, self.last)
    }

    pub(super) fn email(self) -> String {
        format!(
            "{}.{}@example.com",
            self.first.to_ascii_lowercase(),
            self.last.to_ascii_lowercase()
        )
    }

    /// From the numbers that are kept for films and plays in the United Kingdom.
    pub(super) fn phone(self) -> String {
        format!("+44 7700 900{:03}", (self.number * 137) % 1000)
    }
}

const PEOPLE: [(&str, &str); 40] = [
    ("Amara", "Brightwell"),
    ("Anton", "Feld"),
    ("Beatriz", "Nunes"),
    ("Bjorn", "Hallager"),
    ("Camille", "Perrault"),
    ("Daniel", "Ashdown"),
    ("Dilara", "Yilmaz"),
    ("Edwin", "Marsh"),
    ("Elif", "Korkmaz"),
    ("Emil", "Sandberg"),
    ("Farah", "Rahimi"),
    ("Fionn", "Gallagher"),
    ("Greta", "Lindholm"),
    ("Hana", "Kimura"),
    ("Hugo", "Lambert"),
    ("Ines", "Carvalho"),
    ("Isaac", "Thornbury"),
    ("Jolanta", "Wrona"),
    ("Jonas", "Becker"),
    ("Kamila", "Dvorak"),
    ("Kwame", "Mensah"),
    ("Leila", "Haddad"),
    ("Linus", "Oakes"),
    ("Mara", "Ionescu"),
    ("Milo", "Rossetti"),
    ("Nadine", "Vogel"),
    ("Noor", "Jansen"),
    ("Olga", "Petrova"),
    ("Oscar", "Delacroix"),
    ("Paulo", "Teixeira"),
    ("Priya", "Raman"),
    ("Quentin", "Hale"),
    ("Rhea", "Kapoor"),
    ("Ruben", "Castillo"),
    ("Saoirse", "Byrne"),
    ("Stefan", "Muller"),
    ("Tamsin", "Pryce"),
    ("Umar", "Siddiqui"),
    ("Vera", "Koskinen"),
    ("Yara", "Mansour"),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn nobody_shares_an_address_or_a_number() {
        let people = for_account(Account::Ada);

        assert_eq!(
            people
                .iter()
                .map(|person| person.email())
                .collect::<HashSet<_>>()
                .len(),
            COUNT
        );
        assert_eq!(
            people
                .iter()
                .map(|person| person.phone())
                .collect::<HashSet<_>>()
                .len(),
            COUNT
        );
    }

    #[test]
    fn the_accounts_see_them_in_different_orders() {
        assert_ne!(for_account(Account::Ada), for_account(Account::Grace));
    }
}
