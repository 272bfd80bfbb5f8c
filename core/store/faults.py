"""What a database says when it fails, as one Korean sentence for the person who runs the bot.

The only place that knows SQLite's result codes (https://www.sqlite.org/rescode.html) and PostgreSQL's SQLSTATEs
(https://www.postgresql.org/docs/current/errcodes-appendix.html). Where the remedy may be another DATABASE_URL it is
a StoreUnreadable and no SettingsError, because a running bot waits for what refuses it as for what is away; a password
is never repeated.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.errors import StoreError, StoreUnreadable

_SQLITE = {
    3: "데이터베이스 파일({place})에 접근할 권한이 없습니다. 파일의 주인과 권한을 확인하세요.",
    5: "다른 프로세스가 데이터베이스({place})를 잠그고 있습니다. 그 프로세스가 끝난 뒤에 다시 해 보세요.",
    6: "다른 프로세스가 데이터베이스({place})를 잠그고 있습니다. 그 프로세스가 끝난 뒤에 다시 해 보세요.",
    8: "데이터베이스({place})에 쓸 수 없습니다. 파일과 폴더의 쓰기 권한을 확인하세요.",
    10: "데이터베이스({place})를 디스크에서 읽거나 쓰지 못했습니다. 디스크의 빈 공간과 상태를 확인하세요.",
    11: "데이터베이스 파일({place})이 손상되었습니다. 백업한 파일로 되돌리세요.",
    13: "디스크가 가득 차서 데이터베이스({place})에 쓰지 못했습니다. 공간을 비운 뒤에 다시 해 보세요.",
    14: "데이터베이스 파일({place})을 열 수 없습니다. 폴더가 있는지, 쓸 수 있는지 확인하세요.",
    23: "데이터베이스 파일({place})에 접근할 권한이 없습니다. 파일의 주인과 권한을 확인하세요.",
    26: "{place} 파일은 데이터베이스가 아닙니다. DATABASE_URL이 가리키는 파일을 확인하세요.",
}
_SQLITE_UNREADABLE = (3, 14, 23, 26)
_POSTGRES_REFUSES = {
    "28P01": "PostgreSQL이 사용자 이름이나 비밀번호를 받아들이지 않습니다({place}).",
    "28000": "PostgreSQL이 이 사용자의 접속을 허락하지 않습니다({place}).",
    "3D000": "PostgreSQL에 그 이름의 데이터베이스가 없습니다({place}). createdb로 먼저 만드세요.",
}
_POSTGRES_CONNECTING = {
    "does not exist": "3D000",
    "authentication failed": "28P01",
    "no password": "28P01",
    "pg_hba": "28000",
}
"""While connecting libpq gives words instead of a SQLSTATE; a server that speaks another language says less."""
_POSTGRES = {
    "53100": "PostgreSQL 서버의 디스크가 가득 차서 쓰지 못했습니다({place}).",
    "53300": "PostgreSQL의 연결 수가 한도에 닿았습니다({place}). 프로세스 수나 max_connections를 조정하세요.",
    "55P03": "PostgreSQL에서 다른 작업이 잠금을 오래 쥐고 있습니다({place}). 잠시 뒤에 다시 해 보세요.",
    "25006": "PostgreSQL이 읽기 전용이어서 쓰지 못했습니다({place}).",
    "42501": "PostgreSQL에서 이 사용자에게 권한이 없습니다({place}).",
}


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turns what the database or its driver raises into StoreError for the one at `url`.
    A statement that we built wrongly stays what it is: a bug."""
    place = url.database if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    try:
        yield
    except PoolTimeout as error:
        raise StoreError("데이터베이스가 바빠서 차례를 얻지 못했습니다. 잠시 뒤에 다시 해 보세요.") from error
    except DBAPIError as error:
        raise _explain(error, str(place)) from error
    except (ValidationError, zlib.error) as error:
        raise StoreError(f"데이터베이스({place})에 저장된 자료의 모양이 달라서 읽을 수 없습니다.") from error


def _explain(error: DBAPIError, place: str) -> StoreError:
    if code := getattr(error.orig, "sqlite_errorcode", None):
        sentence = _SQLITE.get(code & 0xFF, "데이터베이스({place})가 요청을 처리하지 못했습니다(SQLite {code}).")
        kind = StoreUnreadable if code & 0xFF in _SQLITE_UNREADABLE else StoreError
        return kind(sentence.format(place=place, code=code))
    if type(error.orig).__module__.startswith("psycopg"):
        return _explain_postgres(getattr(error.orig, "sqlstate", None), str(error.orig), place)
    return StoreError(f"데이터베이스({place})와의 연결이 끊겼습니다.")


def _explain_postgres(state: str | None, words: str, place: str) -> StoreError:
    if state is None:
        state = next((known for phrase, known in _POSTGRES_CONNECTING.items() if phrase in words), None)
    if state is None:
        sentence = f"PostgreSQL에 연결할 수 없습니다({place}). 서버가 켜져 있는지, 주소가 맞는지 확인하세요."
        return StoreUnreadable(sentence)
    if state in _POSTGRES_REFUSES:
        return StoreUnreadable(_POSTGRES_REFUSES[state].format(place=place))
    sentence = _POSTGRES.get(state, "PostgreSQL이 요청을 처리하지 못했습니다({place}, SQLSTATE {state}).")
    return StoreError(sentence.format(place=place, state=state))
