// LINE's own SDK on Express: its middleware verifies the signature and parses; the handler answers 200.
// usage: node server.js PORT (the channel secret is in CHANNEL_SECRET)
'use strict';

const express = require('express');
const { middleware } = require('@line/bot-sdk');

const app = express();
app.disable('x-powered-by');
app.post('/line', middleware({ channelSecret: process.env.CHANNEL_SECRET }), (request, response) => {
  if (!Array.isArray(request.body.events)) {
    response.status(400).end();
    return;
  }
  response.status(200).end();
});
app.listen(Number(process.argv[2]), '127.0.0.1');
