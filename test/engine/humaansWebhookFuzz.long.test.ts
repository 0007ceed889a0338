/** All of what humaansWebhookFuzz.test.ts takes a sample of. */
import './humaansWebhookFuzz.test';
