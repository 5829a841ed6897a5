package http

import (
	"context"
	"errors"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	MethodGet     = "GET"
	MethodHead    = "HEAD"
	MethodPost    = "POST"
	MethodPut     = "PUT"
	MethodPatch   = "PATCH"
	MethodDelete  = "DELETE"
	MethodOptions = "OPTIONS"
)

const (
	StatusOK                  = 200
	StatusCreated             = 201
	StatusAccepted            = 202
	StatusNoContent           = 204
	StatusMovedPermanently    = 301
	StatusFound               = 302
	StatusNotModified         = 304
	StatusBadRequest          = 400
	StatusUnauthorized        = 401
	StatusForbidden           = 403
	StatusNotFound            = 404
	StatusMethodNotAllowed    = 405
	StatusRequestTimeout      = 408
	StatusConflict            = 409
	StatusTeapot              = 418
	StatusTooManyRequests     = 429
	StatusInternalServerError = 500
	StatusNotImplemented      = 501
	StatusBadGateway          = 502
	StatusServiceUnavailable  = 503
	StatusGatewayTimeout      = 504
)

var statusText = map[int]string{
	200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 301: "Moved Permanently", 302: "Found",
	304: "Not Modified", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
	405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict", 418: "I'm a teapot",
	429: "Too Many Requests", 500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway",
	503: "Service Unavailable", 504: "Gateway Timeout",
}

func StatusText(code int) string { return statusText[code] }

type Header map[string][]string

func CanonicalHeaderKey(key string) string {
	words := strings.Split(key, "-")
	for i, w := range words {
		if w != "" {
			words[i] = strings.ToUpper(w[:1]) + strings.ToLower(w[1:])
		}
	}
	return strings.Join(words, "-")
}

func (h Header) Get(key string) string {
	if list := h.Values(key); len(list) > 0 {
		return list[0]
	}
	return ""
}

func (h Header) Values(key string) []string { return h[CanonicalHeaderKey(key)] }
func (h Header) Set(key, value string)      { h[CanonicalHeaderKey(key)] = []string{value} }
func (h Header) Del(key string)             { delete(h, CanonicalHeaderKey(key)) }

func (h Header) Add(key, value string) {
	key = CanonicalHeaderKey(key)
	h[key] = append(h[key], value)
}

func (h Header) Clone() Header {
	c := Header{}
	for key, list := range h {
		c[key] = append([]string(nil), list...)
	}
	return c
}

type noBody struct{}

func (noBody) Read([]byte) (int, error) { return 0, io.EOF }
func (noBody) Close() error             { return nil }

var NoBody = noBody{}

type Request struct {
	Method        string
	URL           *url.URL
	Proto         string
	Header        Header
	Body          io.ReadCloser
	ContentLength int64
	Host          string
	Response      *Response
	ctx           context.Context
}

func NewRequest(method, address string, body io.Reader) (*Request, error) {
	return NewRequestWithContext(context.Background(), method, address, body)
}

func NewRequestWithContext(ctx context.Context, method, address string, body io.Reader) (*Request, error) {
	if method == "" {
		method = MethodGet
	}
	if strings.ContainsAny(method, " \t\r\n/") {
		return nil, errors.New("net/http: invalid method " + strconv.Quote(method))
	}
	if ctx == nil {
		return nil, errors.New("net/http: nil Context")
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	r := &Request{Method: method, URL: u, Proto: "HTTP/1.1", Header: Header{}, Host: u.Host, ctx: ctx}
	if body != nil {
		closer, ok := body.(io.ReadCloser)
		if !ok {
			closer = io.NopCloser(body)
		}
		r.Body = closer
		if sized, ok := body.(interface{ Len() int }); ok {
			r.ContentLength = int64(sized.Len())
		}
	}
	return r, nil
}

func (r *Request) Context() context.Context {
	if r.ctx == nil {
		return context.Background()
	}
	return r.ctx
}

func (r *Request) WithContext(ctx context.Context) *Request {
	c := *r
	c.ctx = ctx
	return &c
}

func (r *Request) Clone(ctx context.Context) *Request {
	c := r.WithContext(ctx)
	c.Header = r.Header.Clone()
	return c
}

type Response struct {
	Status        string
	StatusCode    int
	Proto         string
	Header        Header
	Body          io.ReadCloser
	ContentLength int64
	Request       *Request
}

type RoundTripper interface {
	RoundTrip(*Request) (*Response, error)
}

// Transport sends requests over the virtual network: what answers, and after how long, is said by
// the //lockstep:http directives of the program.
type Transport struct {
	MaxIdleConns          int
	MaxIdleConnsPerHost   int
	MaxConnsPerHost       int
	IdleConnTimeout       time.Duration
	ResponseHeaderTimeout time.Duration
	DisableKeepAlives     bool
}

var DefaultTransport RoundTripper = &Transport{}

// directives are lines such as
//
//	https://example.com/slow 200 after 3s
//	https://example.com/gone error "connection refused" after 1s
func directives() string

// route tells what the virtual network does with a request. The failure is empty if it answers.
func route(address string) (status int, latency time.Duration, body, failure string) {
	status, latency, body = StatusOK, 50*time.Millisecond, "Hello from "+address+"\n"
	for line := range strings.Lines(directives()) {
		where, what, _ := strings.Cut(strings.TrimSpace(line), " ")
		if where != address {
			continue
		}
		what, after, ok := strings.Cut(what, " after ")
		if d, err := time.ParseDuration(strings.TrimSpace(after)); ok && err == nil {
			latency = d
		}
		if text, ok := strings.CutPrefix(what, "error"); ok {
			failure = strings.Trim(text, " \"")
		} else if n, err := strconv.Atoi(strings.TrimSpace(what)); err == nil {
			status = n
		}
		break
	}
	return
}

func (t *Transport) RoundTrip(r *Request) (*Response, error) {
	if r.URL.Scheme != "http" && r.URL.Scheme != "https" {
		return nil, errors.New("unsupported protocol scheme " + strconv.Quote(r.URL.Scheme))
	}
	if r.URL.Host == "" {
		return nil, errors.New("http: no Host in request URL")
	}
	ctx := r.Context()
	status, latency, body, failure := route(r.URL.String())
	timer := time.NewTimer(latency)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if failure != "" {
		return nil, errors.New(failure)
	}
	return &Response{
		Status:        strconv.Itoa(status) + " " + StatusText(status),
		StatusCode:    status,
		Proto:         "HTTP/1.1",
		Header:        Header{"Content-Type": {"text/plain; charset=utf-8"}},
		Body:          io.NopCloser(strings.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       r,
	}, nil
}

func (t *Transport) CloseIdleConnections() {}

type Client struct {
	Transport RoundTripper
	Timeout   time.Duration
}

var DefaultClient = &Client{}

type timeoutError struct{ text string }

func (e *timeoutError) Error() string        { return e.text }
func (e *timeoutError) Timeout() bool        { return true }
func (e *timeoutError) Temporary() bool      { return true }
func (e *timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

func (c *Client) Do(r *Request) (*Response, error) {
	transport := c.Transport
	if transport == nil {
		transport = DefaultTransport
	}
	sent := r
	var cancel context.CancelFunc
	if c.Timeout > 0 {
		var ctx context.Context
		ctx, cancel = context.WithTimeout(r.Context(), c.Timeout)
		sent = r.WithContext(ctx)
	}
	response, err := transport.RoundTrip(sent)
	if err != nil {
		if cancel != nil {
			if sent.Context().Err() == context.DeadlineExceeded && r.Context().Err() == nil {
				err = &timeoutError{err.Error() + " (Client.Timeout exceeded while awaiting headers)"}
			}
			cancel()
		}
		return nil, &url.Error{Op: r.Method[:1] + strings.ToLower(r.Method[1:]), URL: r.URL.String(), Err: err}
	}
	if response.Body == nil {
		response.Body = NoBody
	}
	if cancel != nil {
		response.Body = &body{response.Body, cancel}
	}
	return response, nil
}

// body gives the client's timer back when the response is read or closed.
type body struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		b.cancel()
	}
	return n, err
}

func (b *body) Close() error {
	b.cancel()
	return b.ReadCloser.Close()
}

func (c *Client) send(method, address, kind string, content io.Reader) (*Response, error) {
	r, err := NewRequest(method, address, content)
	if err != nil {
		return nil, err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return c.Do(r)
}

func (c *Client) Get(address string) (*Response, error)  { return c.send(MethodGet, address, "", nil) }
func (c *Client) Head(address string) (*Response, error) { return c.send(MethodHead, address, "", nil) }
func (c *Client) CloseIdleConnections()                  {}

func (c *Client) Post(address, kind string, content io.Reader) (*Response, error) {
	return c.send(MethodPost, address, kind, content)
}

func Get(address string) (*Response, error)  { return DefaultClient.Get(address) }
func Head(address string) (*Response, error) { return DefaultClient.Head(address) }

func Post(address, kind string, content io.Reader) (*Response, error) {
	return DefaultClient.Post(address, kind, content)
}

var (
	ErrServerClosed    = errors.New("http: Server closed")
	ErrHandlerTimeout  = errors.New("http: Handler timeout")
	ErrUseLastResponse = errors.New("net/http: use last response")
)

type ResponseWriter interface {
	Header() Header
	Write([]byte) (int, error)
	WriteHeader(statusCode int)
}

type Handler interface {
	ServeHTTP(ResponseWriter, *Request)
}

type HandlerFunc func(ResponseWriter, *Request)

func (f HandlerFunc) ServeHTTP(w ResponseWriter, r *Request) { f(w, r) }

func Error(w ResponseWriter, text string, code int) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	io.WriteString(w, text+"\n")
}
