// Telegraf behind Node's own server: it compares the secret token, parses, and hands the update to a handler that does nothing.
// usage: node server.js PORT (the secret token is in SECRET_TOKEN)
'use strict';

const http = require('http');
const { Telegraf } = require('telegraf');

const bot = new Telegraf('700000001:bench');
// Known beforehand, so that it asks nobody.
bot.botInfo = { id: 700000001, is_bot: true, first_name: 'Acme Support', username: 'acme_support_bot' };
let taken = 0;
bot.on('message', () => {
  taken += 1;
});
http.createServer(bot.webhookCallback('/telegram', { secretToken: process.env.SECRET_TOKEN })).listen(Number(process.argv[2]), '127.0.0.1');
