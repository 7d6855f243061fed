// A LINE webhook in Go's standard library: verify the signature over the raw body, parse, answer 200.
// usage: go-server PORT (the channel secret is in CHANNEL_SECRET)
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
)

const maxBody = 1 << 20

type callback struct {
	Destination string  `json:"destination"`
	Events      []event `json:"events"`
}

type event struct {
	Type            string          `json:"type"`
	Mode            string          `json:"mode"`
	WebhookEventID  string          `json:"webhookEventId"`
	Timestamp       int64           `json:"timestamp"`
	ReplyToken      string          `json:"replyToken"`
	Source          source          `json:"source"`
	DeliveryContext deliveryContext `json:"deliveryContext"`
	Message         *message        `json:"message"`
}

type source struct {
	Type    string `json:"type"`
	UserID  string `json:"userId"`
	GroupID string `json:"groupId"`
}

type deliveryContext struct {
	IsRedelivery bool `json:"isRedelivery"`
}

type message struct {
	Type       string `json:"type"`
	ID         string `json:"id"`
	QuoteToken string `json:"quoteToken"`
	Text       string `json:"text"`
}

func main() {
	secret := []byte(os.Getenv("CHANNEL_SECRET"))
	http.HandleFunc("/line", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(take(secret, w, r)) })
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}

func take(secret []byte, w http.ResponseWriter, r *http.Request) int {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return http.StatusBadRequest
	}
	signature, err := base64.StdEncoding.DecodeString(r.Header.Get("X-Line-Signature"))
	if err != nil {
		return http.StatusForbidden
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write(body)
	if !hmac.Equal(signature, mac.Sum(nil)) {
		return http.StatusForbidden
	}
	var parsed callback
	if err := json.Unmarshal(body, &parsed); err != nil {
		return http.StatusBadRequest
	}
	return http.StatusOK
}
