"""What the operating system says when it refuses, in Korean: strerror would speak the machine's language."""

import errno

_WORDS = {
    errno.ENOENT: "그런 파일이나 폴더가 없습니다",
    errno.EEXIST: "같은 이름의 다른 것이 있습니다",
    errno.ENOTDIR: "경로에 폴더가 아닌 것이 있습니다",
    errno.EISDIR: "파일이 아니라 폴더입니다",
    errno.ENAMETOOLONG: "이름이 너무 깁니다",
    errno.EACCES: "권한이 없습니다",
    errno.EPERM: "권한이 없습니다",
    errno.EROFS: "읽기 전용입니다",
    errno.ENOSPC: "디스크가 가득 찼습니다",
    errno.EDQUOT: "디스크 할당량이 찼습니다",
    errno.EIO: "디스크를 읽거나 쓰지 못했습니다",
    errno.EMFILE: "열어 둔 파일이 너무 많습니다",
    errno.ENFILE: "열어 둔 파일이 너무 많습니다",
    errno.EADDRINUSE: "다른 프로그램이 쓰고 있습니다",
}


def refusal(error: OSError) -> str:
    """Why, as a sentence without its stop; of a rare error its name (`ESTALE`)."""
    number = error.errno or 0
    return _WORDS.get(number) or errno.errorcode.get(number, "알 수 없는 까닭")
