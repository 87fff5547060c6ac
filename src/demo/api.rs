//! The API: films, contacts, and who it is that asks.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use url::form_urlencoded;

use super::account::Account;
use super::pictures::Pictures;
use super::scope::Scope;
use super::service::Service;
use super::{bearer, contacts, films, pages};

/// Films on one page.
const PAGE: usize = 20;

/// `GET /api/films?page=N`
pub(super) async fn films(
    State(service): State<Arc<Service>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let owner = bearer::api_owner(&service, &headers, Scope::ReadFilms)?;
    let page = page_number(query.as_deref()).ok_or_else(no_such_page)?;
    let data: Vec<FilmBody> = films::for_account(owner.account)
        .into_iter()
        .skip((page - 1) * PAGE)
        .take(PAGE)
        .map(|film| FilmBody::of(&service, film))
        .collect();
    let mut response = private(ListBody {
        data,
        total: films::COUNT,
    });
    if page * PAGE < films::COUNT {
        let next = format!(
            "<{}films?page={}>; rel=\"next\"",
            service.api_url(),
            page + 1
        );
        if let Ok(next) = HeaderValue::from_str(&next) {
            let _ = response.headers_mut().insert(header::LINK, next);
        }
    }
    Ok(response)
}

/// A page of things.
#[derive(Serialize)]
struct ListBody<T> {
    data: Vec<T>,
    total: usize,
}

#[derive(Serialize)]
struct FilmBody {
    id: usize,
    title: &'static str,
    genre: &'static str,
    year: usize,
    minutes: usize,
    director: String,
    synopsis: String,
    poster: String,
}

impl FilmBody {
    fn of(service: &Service, film: films::Film) -> Self {
        Self {
            id: film.number,
            title: film.title,
            genre: film.genre,
            year: film.year(),
            minutes: film.minutes(),
            director: film.director(),
            synopsis: film.synopsis(),
            poster: format!("{}films/{}/poster.png", service.api_url(), film.number),
        }
    }
}

/// The page that is asked for; `None` where there is none like it.
fn page_number(query: Option<&str>) -> Option<usize> {
    let asked = form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "page");
    match asked {
        None => Some(1),
        Some((_, number)) => number
            .parse()
            .ok()
            .filter(|page| (1..=films::COUNT.div_ceil(PAGE)).contains(page)),
    }
}

/// `GET /api/films/{number}/poster.png`
pub(super) async fn poster(
    State(service): State<Arc<Service>>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let _ = bearer::api_owner(&service, &headers, Scope::ReadFilms)?;
    let film = number
        .parse()
        .ok()
        .and_then(films::by_number)
        .ok_or_else(no_such_page)?;
    picture(&service, move |pictures| pictures.poster(film)).await
}

/// `GET /api/contacts`
pub(super) async fn contacts(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let owner = bearer::api_owner(&service, &headers, Scope::ReadContacts)?;
    let data: Vec<ContactBody> = contacts::for_account(owner.account)
        .into_iter()
        .map(|contact| ContactBody {
            id: contact.number,
            name: contact.name(),
            email: contact.email(),
            phone: contact.phone(),
            picture: format!(
                "{}contacts/{}/avatar.png",
                service.api_url(),
                contact.number
            ),
        })
        .collect();
    Ok(private(ListBody {
        data,
        total: contacts::COUNT,
    }))
}

#[derive(Serialize)]
struct ContactBody {
    id: usize,
    name: String,
    email: String,
    phone: String,
    picture: String,
}

/// `GET /api/contacts/{number}/avatar.png`
pub(super) async fn avatar(
    State(service): State<Arc<Service>>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let owner = bearer::api_owner(&service, &headers, Scope::ReadContacts)?;
    let number: usize = number.parse().map_err(|_| no_such_page())?;
    let contact = contacts::for_account(owner.account)
        .into_iter()
        .find(|contact| contact.number == number)
        .ok_or_else(no_such_page)?;
    picture(&service, move |pictures| pictures.avatar(contact)).await
}

/// `GET /api/me`
pub(super) async fn me(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
) -> Result<Response, Response> {
    let owner = bearer::api_owner(&service, &headers, Scope::Profile)?;
    let account = owner.account;
    Ok(private(MeBody {
        name: account.name(),
        greeting: format!("Good to see you, {}!", account.first_name()),
        email: account.email(),
        home: account.home(),
        favourite_genre: account.favourite_genre(),
        member_since: account.member_since(),
        picture: service.portrait_url(account),
    }))
}

#[derive(Serialize)]
struct MeBody {
    name: &'static str,
    greeting: String,
    email: &'static str,
    home: &'static str,
    favourite_genre: &'static str,
    member_since: u16,
    picture: String,
}

/// `GET /portraits/{id}.png`: open to all, since the activation page shows them.
pub(super) async fn portrait(
    State(service): State<Arc<Service>>,
    Path(file): Path<String>,
) -> Result<Response, Response> {
    let account = file
        .strip_suffix(".png")
        .and_then(Account::from_id)
        .ok_or_else(|| pages::nothing_here().into_response())?;
    picture(&service, move |pictures| pictures.portrait(account)).await
}

/// Draws away from the runtime's own threads.
async fn picture(
    service: &Arc<Service>,
    draw: impl FnOnce(&Pictures) -> Vec<u8> + Send + 'static,
) -> Result<Response, Response> {
    let service = Arc::clone(service);
    let png = tokio::task::spawn_blocking(move || draw(&service.pictures))
        .await
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())?;
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "private, max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, png).into_response())
}

fn private(body: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, "private, no-store")], Json(body)).into_response()
}

fn no_such_page() -> Response {
    let body =
        json!({ "error": "not_found", "error_description": "There is nothing at this address" });
    (StatusCode::NOT_FOUND, Json(body)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbered_from_one_to_three() {
        assert_eq!(page_number(None), Some(1));
        assert_eq!(page_number(Some("page=3")), Some(3));
        for wrong in ["page=0", "page=4", "page=-1", "page=x", "page="] {
            assert_eq!(page_number(Some(wrong)), None, "{wrong}");
        }
    }
}
