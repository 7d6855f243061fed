/* The program that the self test runs in pods. GET /            what this process may do
 *                                             GET /resolve/NAME the address that NAME has here
 *                                             GET /fetch/NAME/PORT what GET / answers there */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int resolve(const char *name, const char *port, struct sockaddr_in *address)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(name, port, &hints, &found);
    if (error == 0) {
        memcpy(address, found->ai_addr, sizeof *address);
        freeaddrinfo(found);
    }
    return error;
}

static void status_lines(char *out, size_t size)
{
    char line[256];
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (!strncmp(line, "CapEff", 6) || !strncmp(line, "Seccomp:", 8) || !strncmp(line, "NoNewPrivs", 10))
            strncat(out, line, size - strlen(out) - 1);
    if (status)
        fclose(status);
}

static void self(char *out, size_t size)
{
    int file = open("/written", O_CREAT | O_WRONLY, 0600);
    snprintf(out, size, "uid=%d root=%s\n", getuid(), file < 0 && errno == EROFS ? "read-only" : "writable");
    if (file >= 0)
        close(file);
    status_lines(out, size);
}

/* Returns 0 when there was an answer, which is then in out. */
static int get(const char *name, const char *port, const char *path, char *out, size_t size)
{
    struct sockaddr_in address;
    struct timeval limit = {.tv_sec = 5};
    char request[512];
    ssize_t length;
    size_t filled = 0;
    int peer = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    snprintf(request, sizeof request, "GET %s HTTP/1.0\r\n\r\n", path);
    if (resolve(name, port, &address) || connect(peer, (void *)&address, sizeof address) ||
        write(peer, request, strlen(request)) < 0) {
        snprintf(out, size, "%s port %s: %s\n", name, port, errno ? strerror(errno) : "no such name");
    } else {
        while (filled < size - 1 && (length = read(peer, out + filled, size - 1 - filled)) > 0)
            filled += length;
        out[filled] = 0;
    }
    close(peer);
    return filled == 0;
}

static void fetch(char *name, char *out, size_t size)
{
    char *port = strchr(name, '/'), page[2048] = "";
    if (!port) {
        snprintf(out, size, "no port\n");
        return;
    }
    *port++ = 0;
    snprintf(out, size, "%s\n%s", get(name, port, "/", page, sizeof page) ? "failed" : "connected", page);
}

static void answer(int client)
{
    char request[1024] = "", body[4096] = "", head[128];
    ssize_t length = read(client, request, sizeof request - 1);
    char *path = length > 4 ? request + 4 : request;
    path[strcspn(path, " \r\n")] = 0;
    if (!strncmp(path, "/resolve/", 9)) {
        struct sockaddr_in address;
        int error = resolve(path + 9, NULL, &address);
        snprintf(body, sizeof body, "%s\n", error ? gai_strerror(error) : inet_ntoa(address.sin_addr));
    } else if (!strncmp(path, "/fetch/", 7)) {
        fetch(path + 7, body, sizeof body);
    } else {
        self(body, sizeof body);
    }
    snprintf(head, sizeof head, "HTTP/1.0 200 OK\r\nContent-Length: %zu\r\n\r\n", strlen(body));
    if (write(client, head, strlen(head)) < 0 || write(client, body, strlen(body)) < 0)
        perror("write");
    close(client);
}

/* Without arguments a server on 8080; with one, on that port; "get NAME PORT PATH" prints what is there. */
int main(int count, char **arguments)
{
    if (count == 5) {
        char page[8192] = "", *body;
        int failed = get(arguments[2], arguments[3], arguments[4], page, sizeof page);
        body = strstr(page, "\r\n\r\n");
        fputs(body ? body + 4 : page, stdout);
        return failed;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(count > 1 ? atoi(arguments[1]) : 8080)};
    int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(server, (void *)&address, sizeof address) || listen(server, 16)) {
        perror("listen");
        return 1;
    }
    fprintf(stderr, "listening\n");
    for (;;) {
        int client = accept(server, NULL, NULL);
        /* One process per request: a pod that asks its own Service must be able to answer itself. */
        if (client >= 0 && fork() == 0) {
            answer(client);
            _exit(0);
        }
        close(client);
    }
}
