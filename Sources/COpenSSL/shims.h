// OpenSSL 3. Macros that Swift cannot import stand here as documented inline functions.
#pragma once
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/// SSL_CTX_set_min_proto_version with TLS 1.2.
static inline int martinet_ssl_ctx_require_tls12(SSL_CTX *context) {
  return (int)SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

/// The modes of a non-blocking stream whose buffers may move and are freed while it is idle.
static inline void martinet_ssl_ctx_set_modes(SSL_CTX *context) {
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

/// The options of both sides: no renegotiation, no compression, an end without close_notify is an
/// ordinary end (PostgreSQL's protocol frames its messages itself).
static inline void martinet_ssl_ctx_set_options(SSL_CTX *context) {
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE |
                                   SSL_OP_IGNORE_UNEXPECTED_EOF);
}

/// A new P-256 key, or NULL.
static inline EVP_PKEY *martinet_p256_key(void) { return EVP_EC_gen("P-256"); }

/// BIO_get_mem_data: the bytes a memory BIO holds.
static inline long martinet_bio_bytes(BIO *bio, char **bytes) {
  return BIO_get_mem_data(bio, bytes);
}

/// SSL_set_tlsext_host_name: the name a client asks for.
static inline int martinet_ssl_set_host_name(SSL *ssl, const char *name) {
  return (int)SSL_set_tlsext_host_name(ssl, name);
}
